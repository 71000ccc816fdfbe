package io.touchstone.checkpoint.family;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Classes of models that judge answers and are not read: why, and the way on. */
final class RefusedClasses {
  private static final Map<Pattern, String> KINDS = new LinkedHashMap<>();

  static {
    kind(
        ".*PairRM.*",
        "compares two answers in one input and gives neither a number; a model that scores each"
            + " answer by itself is compared by its scores");
    kind(
        "(T5|MT5|UMT5|LongT5).*",
        "answers with a token of its decoder (SteamSHP), which is not read; a decoder's or an"
            + " encoder's reward model takes its place");
    kind(
        "LDLReward.*",
        "has its heads in pickled files (.pt), which run code when they are opened; no other form of"
            + " them is published");
    kind(
        "GptOss.*",
        "has sinks in its attention and experts of a form of their own, which are not computed");
    kind("Qwen2Moe.*", "has an expert that all tokens share, which is not computed");
  }

  private RefusedClasses() {}

  private static void kind(String name, String why) {
    KINDS.put(Pattern.compile(name), why);
  }

  static Optional<String> why(String architecture) {
    return KINDS.entrySet().stream()
        .filter(kind -> kind.getKey().matcher(architecture).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
