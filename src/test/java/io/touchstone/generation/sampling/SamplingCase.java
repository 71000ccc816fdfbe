package io.touchstone.generation.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A case of transformers' own making: parameters, logits, and what it made of them. */
record SamplingCase(JsonNode expected, float[] logits, int[] inputIds) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** All of a folder with {@code logits.jsonl} and {@code expected.jsonl}. */
  static List<SamplingCase> of(Path folder) throws IOException {
    Map<String, JsonNode> vectors = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("logits.jsonl"))) {
      JsonNode vector = MAPPER.readTree(line);
      vectors.put(vector.get("id").textValue(), vector);
    }
    List<SamplingCase> cases = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("expected.jsonl"))) {
      JsonNode expected = MAPPER.readTree(line);
      JsonNode vector = vectors.get(expected.get("logits").textValue());
      JsonNode logits = vector.get("logits");
      float[] numbers = new float[logits.size()];
      for (int id = 0; id < numbers.length; id++) {
        numbers[id] =
            logits.get(id).isNull()
                ? Float.NEGATIVE_INFINITY
                : Float.parseFloat(logits.get(id).asText());
      }
      cases.add(new SamplingCase(expected, numbers, ids(vector.get("input_ids"))));
    }
    return cases;
  }

  static int[] ids(JsonNode list) {
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = list.get(i).intValue();
    }
    return ids;
  }

  String name() {
    return expected.get("case").textValue() + "/" + expected.get("logits").textValue();
  }

  /** Its parameters, as a folder would have them, in the place of a call's. */
  SamplingRules rules(List<Integer> eosIds) {
    ObjectNode file = expected.get("parameters").deepCopy();
    if (!file.has("max_new_tokens")) {
      file.put("max_new_tokens", 20);
    }
    eosIds.forEach(file.putArray("eos_token_id")::add);
    Problems problems = new Problems();
    GenerationConfig config =
        GenerationConfig.read(Fields.of(file, Problem.in("generation_config.json"), problems));
    Optional<EffectiveSampling> sampling =
        EffectiveSampling.of(SamplingAsk.NOTHING, config, logits.length, problems);
    problems.refuseIfAny();
    return sampling.orElseThrow().rules();
  }

  /**
   * The logits after the rules that hold without draws as well.
   *
   * @param promptTokens how many of the tokens so far are the prompt's
   */
  float[] changed(SamplingRules rules, int promptTokens) {
    float[] changed = logits.clone();
    History history = new History(Arrays.copyOf(inputIds, promptTokens));
    for (int i = promptTokens; i < inputIds.length; i++) {
      history.add(inputIds[i]);
    }
    RuleList.of(rules).forEach(rule -> rule.apply(changed, history));
    return changed;
  }

  /** Where a logit is not what it must be, to the last bit. */
  List<String> logitDifferences(float[] changed) {
    List<String> differences = new ArrayList<>();
    for (int id = 0; id < logits.length; id++) {
      JsonNode told = expected.get("changed").get("" + id);
      float right =
          told == null
              ? logits[id]
              : told.isNull() ? Float.NEGATIVE_INFINITY : Float.parseFloat(told.asText());
      if (right != changed[id]) {
        differences.add(name() + ": " + id + ": expected " + right + ", found " + changed[id]);
      }
    }
    int best = new Ranking(changed).bestId();
    if (best != expected.get("argmax").intValue()) {
      differences.add(name() + ": took " + best);
    }
    return differences;
  }

  /**
   * Where the tokens that are left are not those, or a probability is off by more than 1e-6. Of
   * tokens that share the last logit of those kept the lowest ids are kept here; transformers keeps
   * those that its sort, which is not stable, brings last.
   */
  List<String> differences(SamplingRules rules, int promptTokens) {
    float[] changed = changed(rules, promptTokens);
    TreeMap<Integer, Double> found = new TreeMap<>();
    Candidates candidates = Candidates.of(changed, (Decoding.Sampling) rules.decoding());
    for (int rank = 0; rank < candidates.size(); rank++) {
      found.put(candidates.id(rank), candidates.probability(rank));
    }
    Map<Integer, Double> right = distribution();
    List<String> differences = new ArrayList<>();
    right.forEach(
        (id, probability) -> {
          Double own =
              found.entrySet().stream()
                  .filter(
                      other ->
                          other.getKey().equals(id)
                              || other.getKey() < id
                                  && changed[other.getKey()] == changed[id]
                                  && !right.containsKey(other.getKey()))
                  .max(Map.Entry.comparingByKey())
                  .map(Map.Entry::getValue)
                  .orElse(null);
          if (own == null || Math.abs(probability - own) > 1e-6) {
            differences.add(name() + ": " + id + " has " + own + ", not " + probability);
          }
        });
    int kept = expected.get("kept").isArray() ? right.size() : expected.get("kept").intValue();
    if (found.size() != kept) {
      differences.add(name() + ": kept " + found.keySet());
    }
    return differences;
  }

  /** By id, of the tokens that must be left. */
  private Map<Integer, Double> distribution() {
    Map<Integer, Double> distribution = new TreeMap<>();
    JsonNode kept = expected.get("kept");
    JsonNode probabilities = expected.get("probabilities");
    for (int i = 0; i < probabilities.size(); i++) {
      double probability = probabilities.get(i).doubleValue();
      if (kept.isArray()) {
        distribution.put(kept.get(i).intValue(), probability);
      } else if (probability > 0) {
        distribution.put(i, probability);
      }
    }
    return distribution;
  }
}
