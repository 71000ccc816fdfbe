package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.GenerationConfig.Lengths;
import io.touchstone.checkpoint.config.GenerationConfig.Warpers;
import io.touchstone.checkpoint.config.LogitRules.LengthDecay;
import io.touchstone.checkpoint.config.LogitRules.SequenceBias;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Reads {@link GenerationConfig} as transformers 5.23.0 does ({@code
 * generation/configuration_utils.py}). Keys that decide no token are not looked at.
 */
final class GenerationConfigReader {
  private final Fields fields;
  private final GenerationFields of;

  GenerationConfigReader(Fields fields) {
    this.fields = fields;
    this.of = new GenerationFields(fields);
  }

  GenerationConfig read() {
    new GenerationRefusals(fields).check();
    return new GenerationConfig(
        GenerationConfig.FILE,
        of.idOrIds("eos_token_id"),
        of.count("num_return_sequences", 1),
        of.texts("stop_strings"),
        new Lengths(
            of.count("max_new_tokens", 1),
            of.count("max_length", 1),
            of.count("min_new_tokens", 0),
            of.count("min_length", 0).orElse(0)),
        warpers(),
        logits());
  }

  /** What is left where there is no file: transformers takes the special tokens of the model. */
  static GenerationConfig ofModel(Fields config) {
    new GenerationRefusals(config).checkModel();
    return new GenerationConfig(
        GenerationConfig.CONFIG,
        new GenerationFields(config).idOrIds("eos_token_id"),
        OptionalInt.empty(),
        List.of(),
        new Lengths(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 0),
        new Warpers(
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty()),
        LogitRules.NONE);
  }

  private Warpers warpers() {
    return new Warpers(
        of.flag("do_sample"),
        of.number("temperature", 0, Double.MAX_VALUE),
        positiveShare("top_h"),
        of.count("top_k", 0),
        of.number("top_p", 0, 1),
        of.number("min_p", 0, 1),
        positiveShare("typical_p"),
        of.number("epsilon_cutoff", 0, 1),
        of.number("eta_cutoff", 0, 1));
  }

  private OptionalDouble positiveShare(String name) {
    OptionalDouble share = of.number(name, 0, 1);
    if (share.isPresent() && share.getAsDouble() == 0) {
      fields.expected(name, "a number above 0");
    }
    return share;
  }

  private LogitRules logits() {
    OptionalInt forcedBos = of.count("forced_bos_token_id", 0);
    return new LogitRules(
        sequenceBias(),
        of.positive("repetition_penalty").orElse(1),
        of.count("no_repeat_ngram_size", 0).orElse(0),
        of.sequences("bad_words_ids"),
        forcedBos.isPresent() ? List.of(forcedBos.getAsInt()) : List.of(),
        of.idOrIds("forced_eos_token_id"),
        of.flag("remove_invalid_values").orElse(false),
        decay(),
        of.ids("suppress_tokens"),
        of.ids("begin_suppress_tokens"));
  }

  private List<SequenceBias> sequenceBias() {
    String name = "sequence_bias";
    if (!of.given(name)) {
      return List.of();
    }
    List<SequenceBias> biases = new ArrayList<>();
    JsonNode value = fields.get(name);
    boolean sound = value.isArray() && !value.isEmpty();
    for (JsonNode pair : value) {
      Optional<List<Integer>> ids =
          GenerationFields.ids(pair.path(0)).filter(list -> !list.isEmpty());
      sound &= ids.isPresent() && pair.size() == 2 && pair.path(1).isNumber();
      ids.ifPresent(list -> biases.add(new SequenceBias(list, pair.path(1).doubleValue())));
    }
    return of.orReport(
        sound ? Optional.of(biases) : Optional.empty(),
        name,
        "pairs of a list of ids and a number");
  }

  private LengthDecay decay() {
    String name = "exponential_decay_length_penalty";
    JsonNode value = fields.get(name);
    if (!of.given(name)) {
      return LengthDecay.NONE;
    }
    if (value.size() == 2 && value.path(0).canConvertToInt() && value.path(1).isNumber()) {
      return new LengthDecay(value.path(0).intValue(), value.path(1).doubleValue());
    }
    fields.expected(name, "a number of tokens and a factor");
    return LengthDecay.NONE;
  }
}
