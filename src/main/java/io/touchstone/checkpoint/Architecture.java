package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A model class of transformers: a decoder family with one of two heads. */
record Architecture(Family family, Head head) {
  enum Head {
    CAUSAL("ForCausalLM"),
    CLASSIFIER("ForSequenceClassification");

    private final String suffix;

    Head(String suffix) {
      this.suffix = suffix;
    }
  }

  private static final List<Architecture> SUPPORTED =
      Arrays.stream(Family.values())
          .flatMap(
              family -> Arrays.stream(Head.values()).map(head -> new Architecture(family, head)))
          .toList();

  String name() {
    return family.prefix() + head.suffix;
  }

  static Optional<Architecture> read(Fields config) {
    JsonNode names = config.get("architectures");
    if (!names.isArray() || names.size() != 1) {
      config.expected(
          "architectures",
          "a list of one name",
          names.isArray() && !names.isEmpty() ? listed(names) : Fields.shown(names));
      return Optional.empty();
    }
    String name = names.get(0).asText();
    Optional<Architecture> known =
        SUPPORTED.stream().filter(architecture -> architecture.name().equals(name)).findFirst();
    if (known.isEmpty()) {
      config.expected(
          "architectures",
          SUPPORTED.stream()
              .map(Architecture::name)
              .collect(Collectors.joining(", ", "one of ", "")),
          Problem.shown(name));
      return Optional.empty();
    }
    String modelType = known.get().family().name().toLowerCase(Locale.ROOT);
    if (!config.get("model_type").asText().equals(modelType)) {
      config.expected("model_type", modelType + " as in " + name);
    }
    return known;
  }

  private static String listed(JsonNode names) {
    StringBuilder list = new StringBuilder();
    names.forEach(name -> list.append(list.isEmpty() ? "" : ", ").append(name.asText()));
    return Problem.shown(list.toString());
  }
}
