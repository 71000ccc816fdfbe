package io.touchstone.generation.judge;

import java.util.Map;

/** What is told of answers, in the words of calls that judge. */
public final class JudgeWords {
  private static final Map<String, String> FLAGS =
      Map.of(
          "--samples", "--votes",
          "--max-new-tokens", "--judge-tokens",
          "--seed", "--judge-seed");

  private JudgeWords() {}

  /** The same, with the flags that a judge has for those of {@code jobs/generate}. */
  public static String of(String told) {
    String words = told;
    for (Map.Entry<String, String> flag : FLAGS.entrySet()) {
      words = words.replace(flag.getKey(), flag.getValue());
    }
    return words;
  }
}
