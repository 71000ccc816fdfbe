package io.touchstone.checkpoint.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The classes of encoders that are known. */
public final class EncoderClasses {
  private static final Map<String, EncoderFamily> ALL = new TreeMap<>();

  static {
    ALL.put("BertForSequenceClassification", BertFamily.BERT);
    ALL.put("RobertaForSequenceClassification", BertFamily.ROBERTA);
    ALL.put("XLMRobertaForSequenceClassification", BertFamily.XLM_ROBERTA);
    ALL.put("DebertaV2ForSequenceClassification", DebertaFamily.CLASSIFIER);
    ALL.put("ModernBertForSequenceClassification", new ModernBertFamily());
  }

  private EncoderClasses() {}

  /** Names of the classes, sorted. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** Whether a {@code config.json} is that of an encoder. */
  public static boolean know(JsonNode config) {
    return family(config).isPresent() || CuratorClass.is(config);
  }

  private static Optional<EncoderFamily> family(JsonNode config) {
    JsonNode names = config.path("architectures");
    return names.isArray() && names.size() == 1
        ? Optional.ofNullable(ALL.get(names.get(0).asText()))
        : Optional.empty();
  }

  /**
   * Reads an encoder's configuration.
   *
   * @param bases from the name of a base model to its configuration; empty where there is no folder
   *     of that name
   * @return empty where the base is not known, which was reported
   */
  public static Optional<EncoderConfig> read(
      Fields config, Function<String, Optional<JsonNode>> bases) {
    Optional<EncoderFamily> family = family(config.object());
    if (family.isPresent()) {
      String type = family.get().modelType();
      String name = config.get("architectures").get(0).asText();
      if (!config.get("model_type").asText().equals(type)) {
        config.expected("model_type", type + " as in " + name);
      }
      return Optional.of(family.get().read(config, name));
    }
    String base = CuratorClass.base(config.object());
    Optional<JsonNode> folder = bases.apply(base);
    if (folder.isEmpty() && !CuratorClass.knows(base)) {
      config.expected(
          "base_model",
          "one of "
              + CuratorClass.known()
              + ", or a folder with its config.json; --base DIR names one",
          Problem.shown(base));
      return Optional.empty();
    }
    return Optional.of(CuratorClass.read(config, folder.orElse(config.get("no such field"))));
  }
}
