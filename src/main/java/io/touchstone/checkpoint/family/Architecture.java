package io.touchstone.checkpoint.family;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model class: a decoder family with a head.
 *
 * @param name as {@code config.json} has it among its {@code architectures}
 */
public record Architecture(String name, Family family, HeadClass head) {
  private static final List<Known> ALL = known();

  /**
   * A row of the table of classes.
   *
   * @param families that it may stand on; which one, {@code model_type} says
   */
  private record Known(String name, List<Family> families, HeadClass head) {
    String modelTypes() {
      return families.stream().map(Family::modelType).collect(Collectors.joining(" or "));
    }
  }

  private static List<Known> known() {
    List<Known> all = new ArrayList<>();
    for (Family family : Families.ALL) {
      family.classes().forEach((name, head) -> all.add(new Known(name, List.of(family), head)));
    }
    List<Family> any = Families.bearingAnyHead();
    all.add(new Known("RewardModel", any, HeadClass.OPEN_RLHF));
    all.add(new Known("LLMForSequenceRegression", any, HeadClass.OPEN_RLHF));
    all.add(new Known("GRewardModel", any, HeadClass.VALUE));
    List<Family> llama = List.of(Families.LLAMA);
    all.add(new Known("INFORMForSequenceClassification", llama, HeadClass.TWO_LAYERS));
    all.add(new Known("LlamaRewardModel", llama, HeadClass.REGRESSION));
    all.add(new Known("LlamaForRewardModelWithGating", llama, HeadClass.GATED));
    all.add(new Known("EurusRewardModel", List.of(Families.MISTRAL), HeadClass.REGRESSION));
    all.add(new Known("Qwen2ForRewardModel", List.of(Families.QWEN2), HeadClass.TWO_LAYERS));
    all.add(
        new Known(
            "Qwen2ForProcessRewardModel", List.of(Families.QWEN2), HeadClass.TWO_LAYERS_OF_STEPS));
    all.add(new Known("Qwen2ForPrmModel", List.of(Families.QWEN2), HeadClass.VALUE_OF_STEPS));
    return List.copyOf(all);
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
    Optional<Known> known = ALL.stream().filter(each -> each.name.equals(name)).findFirst();
    if (known.isEmpty()) {
      Optional<String> why = RefusedClasses.why(name);
      config.expected(
          "architectures",
          why.isPresent()
              ? "a class that is read (docs/models.md)"
              : ALL.stream().map(Known::name).collect(Collectors.joining(", ", "one of ", "")),
          Problem.shown(name) + why.map(reason -> ", which " + reason).orElse(""));
    }
    return known.flatMap(each -> on(each, config));
  }

  private static Optional<Architecture> on(Known known, Fields config) {
    String modelType = config.get("model_type").asText();
    Optional<Family> named =
        known.families.stream().filter(family -> family.modelType().equals(modelType)).findFirst();
    if (named.isEmpty()) {
      config.expected("model_type", known.modelTypes() + " as in " + known.name);
    }
    return named
        .or(() -> known.families.stream().findFirst().filter(one -> known.families.size() == 1))
        .map(family -> new Architecture(known.name, family, known.head));
  }

  private static String listed(JsonNode names) {
    StringBuilder list = new StringBuilder();
    names.forEach(name -> list.append(list.isEmpty() ? "" : ", ").append(name.asText()));
    return Problem.shown(list.toString());
  }
}
