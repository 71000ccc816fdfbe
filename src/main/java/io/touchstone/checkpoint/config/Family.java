package io.touchstone.checkpoint.config;

/** The decoder families whose arithmetic is known. */
public enum Family {
  LLAMA("Llama"),
  MISTRAL("Mistral"),
  QWEN2("Qwen2"),
  QWEN3("Qwen3");

  private final String prefix;

  Family(String prefix) {
    this.prefix = prefix;
  }

  /** What the names of the family's architectures begin with. */
  String prefix() {
    return prefix;
  }
}
