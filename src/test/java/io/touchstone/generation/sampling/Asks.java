package io.touchstone.generation.sampling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Calls in the words of the command line. */
final class Asks {
  private Asks() {}

  static SamplingAsk of(String... words) {
    Map<String, String> flags = new HashMap<>();
    List<String> stops = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      if (List.of("--greedy", "--first-greedy").contains(words[i])) {
        flags.put(words[i], "");
      } else if (words[i].equals("--stop")) {
        stops.add(words[++i]);
      } else {
        flags.put(words[i], words[++i]);
      }
    }
    return new SamplingAsk(
        flags.containsKey("--greedy"),
        flags.containsKey("--first-greedy"),
        number(flags.get("--temperature")),
        number(flags.get("--top-p")),
        count(flags.get("--top-k")),
        number(flags.get("--min-p")),
        number(flags.get("--repetition-penalty")),
        flags.containsKey("--seed")
            ? OptionalLong.of(Long.parseLong(flags.get("--seed")))
            : OptionalLong.empty(),
        count(flags.get("--samples")),
        count(flags.get("--max-new-tokens")),
        stops);
  }

  private static OptionalDouble number(String word) {
    return word == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(word));
  }

  private static OptionalInt count(String word) {
    return word == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(word));
  }
}
