package io.touchstone.cli;

enum PromptChoice {
  CHAT,
  STEERLM
}
