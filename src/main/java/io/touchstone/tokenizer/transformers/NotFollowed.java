package io.touchstone.tokenizer.transformers;

/** The way on where transformers' own tokenizer is not to be had here. */
final class NotFollowed {
  static final String WAY_ON = "--tokenizer file takes tokenizer.json as it stands";

  private NotFollowed() {}
}
