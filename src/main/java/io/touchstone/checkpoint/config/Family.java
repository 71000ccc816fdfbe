package io.touchstone.checkpoint.config;

import java.util.EnumSet;
import java.util.Set;

/** The decoder families whose arithmetic is known. */
public enum Family {
  LLAMA("Llama"),
  MISTRAL("Mistral"),
  QWEN2("Qwen2"),
  QWEN3("Qwen3"),

  /** Layers of kinds; published with code of its own, which transformers has had since. */
  NEMOTRON_H("NemotronH", "model.embeddings.weight", "model.norm_f.weight");

  private final String prefix;
  private final String embeddings;
  private final String finalNorm;

  Family(String prefix) {
    this(prefix, "model.embed_tokens.weight", "model.norm.weight");
  }

  Family(String prefix, String embeddings, String finalNorm) {
    this.prefix = prefix;
    this.embeddings = embeddings;
    this.finalNorm = finalNorm;
  }

  /** Those whose layers are alike, on which all classes stand. */
  static Set<Family> decoders() {
    return EnumSet.range(LLAMA, QWEN3);
  }

  /** The table of a row per token id, as transformers names it. */
  public String embeddings() {
    return embeddings;
  }

  /** The norm behind the last layer, as transformers names it. */
  public String finalNorm() {
    return finalNorm;
  }

  /** What the names of the family's architectures begin with. */
  String prefix() {
    return prefix;
  }
}
