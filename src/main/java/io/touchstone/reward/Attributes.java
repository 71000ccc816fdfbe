package io.touchstone.reward;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** Names of a model's outputs, by which its values are written. */
public record Attributes(List<String> names) {

  /** HelpSteer2's five attributes, in the order in which NVIDIA's five-output heads give them. */
  private static final List<String> HELPSTEER =
      List.of("helpfulness", "correctness", "coherence", "complexity", "verbosity");

  /** The nine of NeMo-Aligner's attribute_annotate.py (OpenAssistant's four, then HelpSteer's). */
  private static final List<String> STEERLM =
      List.of(
          "quality",
          "toxicity",
          "humor",
          "creativity",
          "helpfulness",
          "correctness",
          "coherence",
          "complexity",
          "verbosity");

  public Attributes {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("attributes: expected at least one name, found none");
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("attributes: expected distinct names, found " + names);
    }
    for (String name : names) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("attributes: expected a name, found a blank one");
      }
    }
  }

  /**
   * The names, which can be those of labels.
   *
   * @throws IllegalArgumentException if one of them cannot
   */
  public static Attributes ofLabels(List<String> names) {
    Attributes attributes = new Attributes(names);
    attributes.names.stream()
        .filter(name -> !fitsLabels(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "attributes: expected a name without ':' and ',', found '" + name + "'");
            });
    return attributes;
  }

  /** Whether a label could be read back, which is {@code name:value,name:value}. */
  public static boolean fitsLabels(String name) {
    return !name.contains(":") && !name.contains(",");
  }

  /**
   * The names for a model of {@code outputs} outputs.
   *
   * @param own the checkpoint's names; empty if it has none of its own
   * @param chosen what the user asked for; empty for no choice
   * @throws IllegalArgumentException if a list that is not empty has another length
   */
  public static Attributes of(int outputs, List<String> own, List<String> chosen) {
    if (!chosen.isEmpty()) {
      if (chosen.size() != outputs) {
        throw new IllegalArgumentException(
            "attributes: expected "
                + outputs
                + " names, one for each output of the model, found "
                + chosen.size()
                + ": "
                + String.join(",", chosen));
      }
      return ofLabels(chosen);
    }
    if (!own.isEmpty()) {
      return ofLabels(own);
    }
    return switch (outputs) {
      case 1 -> new Attributes(List.of("helpfulness"));
      case 5 -> new Attributes(HELPSTEER);
      case 9 -> new Attributes(STEERLM);
      default -> new Attributes(IntStream.range(0, outputs).mapToObj(i -> "label_" + i).toList());
    };
  }
}
