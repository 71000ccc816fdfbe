package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the classification head's side of {@code config.json} as transformers 5.23.0 does: the
 * number of outputs is {@code num_labels}, else the size of {@code id2label}, else 2; names count
 * only where both agree.
 */
public record ClassifierReader(Fields config) {
  static final int MAX_OUTPUTS = 10_000;
  private static final int DEFAULT_OUTPUTS = 2;
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,5}");

  public RewardHead.Classifier read(int vocabSize) {
    OptionalInt padTokenId = padTokenId(vocabSize);
    List<String> names = config.given("id2label") ? labelNames() : List.of();
    int outputs = names.isEmpty() ? DEFAULT_OUTPUTS : names.size();
    if (config.has("num_labels")) {
      outputs = config.countUpTo("num_labels", MAX_OUTPUTS).orElse(outputs);
    }
    boolean named = names.size() == outputs && !numbered(names);
    return new RewardHead.Classifier(outputs, named ? names : List.of(), padTokenId);
  }

  private List<String> labelNames() {
    JsonNode labels = config.get("id2label");
    int size = labels.size();
    if (!labels.isObject() || size < 1 || size > MAX_OUTPUTS) {
      config.expected("id2label", "an object of 1 to " + MAX_OUTPUTS + " names");
      return List.of();
    }
    List<String> names = new ArrayList<>(Collections.nCopies(size, ""));
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      String key = label.getKey();
      int at = NUMBER.matcher(key).matches() ? Integer.parseInt(key) : size;
      if (at >= size) {
        config.expected("id2label", "the keys 0 to " + (size - 1), Problem.shown(key));
        return List.of();
      }
      if (!label.getValue().isTextual()) {
        config.expected("id2label." + key, "a name", Fields.shown(label.getValue()));
        return List.of();
      }
      names.set(at, label.getValue().asText());
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        config.expected("id2label", "names that differ", Problem.shown(name) + " twice");
        return List.of();
      }
    }
    return names;
  }

  private static boolean numbered(List<String> names) {
    return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals("LABEL_" + i));
  }

  public OptionalInt padTokenId(int vocabSize) {
    JsonNode id = config.get("pad_token_id");
    if (!config.given("pad_token_id")) {
      return OptionalInt.empty();
    }
    // Negative ids are old configurations' way to say that there is none.
    if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() >= vocabSize) {
      config.expected("pad_token_id", "null or an id below the vocabulary's " + vocabSize);
      return OptionalInt.empty();
    }
    return OptionalInt.of(id.intValue());
  }
}
