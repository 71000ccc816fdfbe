package io.touchstone.checkpoint.family;

import java.util.List;

/** The decoder families whose arithmetic is known. */
public final class Families {
  static final Family LLAMA = new Llama();
  static final Family MISTRAL = new Mistral();
  static final Family QWEN2 = new Qwen2();

  /** In the order in which they are told. */
  public static final List<Family> ALL =
      List.of(
          LLAMA,
          MISTRAL,
          QWEN2,
          new Qwen3(),
          new Qwen3Moe(),
          new Mixtral(),
          new Gemma(),
          new Gemma2(),
          new Gemma3Text(),
          new Gemma3(),
          new Phi3(),
          new InternLm2(),
          new Olmo2(),
          new Olmo3(),
          new Granite(),
          new Gpt2(),
          new GptNeoX(),
          new NemotronH());

  private Families() {}

  /** Those that heads of any family's classes may stand on. */
  static List<Family> bearingAnyHead() {
    return ALL.stream().filter(Family::bearsAnyHead).toList();
  }
}
