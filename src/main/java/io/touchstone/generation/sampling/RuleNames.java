package io.touchstone.generation.sampling;

import io.touchstone.checkpoint.config.LogitRules;
import io.touchstone.checkpoint.config.LogitRules.LengthDecay;
import io.touchstone.digest.Sha256;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rules by the names of the call's flags, else of {@code generation_config.json}'s keys. */
final class RuleNames {
  /** Of a list that is shown in full. */
  private static final int SHOWN_CHARACTERS = 200;

  private static final int DIGEST_BYTES = 8;

  private final SortedMap<String, String> names = new TreeMap<>();

  private RuleNames() {}

  static SortedMap<String, String> of(SamplingRules rules) {
    RuleNames names = new RuleNames();
    names.decoding(rules);
    names.logits(rules.logits());
    names.put("eos-token-ids", rules.eosIds().isEmpty() ? "none" : shown(rules.eosIds()));
    names.put("max-new-tokens", rules.maxNewTokens());
    names.put("samples", rules.samples());
    if (rules.minNewTokens() > 0) {
      names.put("min-new-tokens", rules.minNewTokens());
    } else if (rules.minLength() > 0) {
      names.put("min-length", rules.minLength());
    }
    names.list("stop", rules.stops());
    return names.names;
  }

  private void decoding(SamplingRules rules) {
    Decoding decoding = rules.decoding();
    if (decoding instanceof Decoding.Greedy) {
      put("decoding", "greedy");
    } else if (decoding instanceof Decoding.Sampling how) {
      put("decoding", "sampling");
      sampling(how, rules.seed());
    } else if (decoding instanceof Decoding.FirstGreedy first) {
      put("decoding", "first greedy, others sampling");
      sampling(first.others(), rules.seed());
    }
  }

  private void sampling(Decoding.Sampling how, long seed) {
    put("seed", seed);
    put("temperature", how.temperature());
    put("top-k", how.topK());
    put("top-p", how.topP());
    put("min-p", how.minP());
    unless("top-h", 0, how.topH());
    unless("typical-p", 1, how.typicalP());
    unless("epsilon-cutoff", 0, how.epsilonCutoff());
    unless("eta-cutoff", 0, how.etaCutoff());
  }

  private void logits(LogitRules logits) {
    put("repetition-penalty", logits.repetitionPenalty());
    unless("no-repeat-ngram-size", 0, logits.noRepeatNgram());
    list(
        "sequence-bias",
        logits.sequenceBias().stream().map(bias -> bias.ids() + " " + bias.bias()).toList());
    list("bad-words-ids", logits.badWords());
    list("forced-bos-token-id", logits.forcedBos());
    list("forced-eos-token-id", logits.forcedEos());
    list("suppress-tokens", logits.suppressed());
    list("begin-suppress-tokens", logits.suppressedAtBegin());
    if (logits.removesInvalid()) {
      put("remove-invalid-values", true);
    }
    if (!logits.decay().equals(LengthDecay.NONE)) {
      put(
          "exponential-decay-length-penalty",
          logits.decay().start() + " " + logits.decay().factor());
    }
  }

  private void put(String name, Object value) {
    names.put(name, String.valueOf(value));
  }

  private void unless(String name, double off, Number value) {
    if (value.doubleValue() != off) {
      put(name, value);
    }
  }

  private void list(String name, Collection<?> values) {
    if (!values.isEmpty()) {
      put(name, shown(values));
    }
  }

  private static String shown(Collection<?> values) {
    String text = values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : values.size() + " of digest " + Sha256.hex(text, DIGEST_BYTES);
  }
}
