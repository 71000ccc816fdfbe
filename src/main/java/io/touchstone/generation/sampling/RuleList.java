package io.touchstone.generation.sampling;

import io.touchstone.checkpoint.config.LogitRules;
import io.touchstone.checkpoint.config.LogitRules.SequenceBias;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rules of an answer in the order in which transformers 5.23.0 applies them ({@code
 * GenerationMixin._get_logits_processor}); those that change nothing are left out.
 */
final class RuleList {
  private RuleList() {}

  static List<LogitRule> of(SamplingRules rules) {
    List<LogitRule> list = new ArrayList<>();
    LogitRules logits = rules.logits();
    List<Integer> eosIds = rules.eosIds();
    if (!logits.sequenceBias().isEmpty()) {
      list.add(new BiasRule(logits.sequenceBias()));
    }
    if (logits.repetitionPenalty() != 1) {
      list.add(new RepetitionPenalty((float) logits.repetitionPenalty()));
    }
    if (logits.noRepeatNgram() > 0) {
      list.add(new NoRepeatNgram(logits.noRepeatNgram()));
    }
    if (!logits.badWords().isEmpty()) {
      list.add(badWords(logits.badWords(), eosIds));
    }
    int minLength = rules.minNewTokens() > 0 ? 0 : rules.minLength();
    if (minLength > 0) {
      list.add(
          (scores, history) -> {
            if (history.length() < minLength) {
              never(scores, eosIds);
            }
          });
    }
    if (rules.minNewTokens() > 0) {
      list.add(
          (scores, history) -> {
            if (history.generated() < rules.minNewTokens()) {
              never(scores, eosIds);
            }
          });
    }
    if (!logits.forcedBos().isEmpty()) {
      list.add(
          (scores, history) -> {
            if (history.length() == 1) {
              only(scores, logits.forcedBos());
            }
          });
    }
    if (!logits.forcedEos().isEmpty()) {
      list.add(
          (scores, history) -> {
            if (history.generated() == rules.maxNewTokens() - 1) {
              only(scores, logits.forcedEos());
            }
          });
    }
    if (logits.removesInvalid()) {
      list.add((scores, history) -> makeFinite(scores));
    }
    if (!logits.decay().equals(LogitRules.LengthDecay.NONE)) {
      list.add(new EndGrowth(logits.decay(), eosIds));
    }
    if (!logits.suppressed().isEmpty()) {
      list.add((scores, history) -> never(scores, logits.suppressed()));
    }
    if (!logits.suppressedAtBegin().isEmpty()) {
      // With a forced second token the answer begins one token later.
      int begin = logits.forcedBos().isEmpty() ? 0 : 1;
      list.add(
          (scores, history) -> {
            if (history.generated() == (history.promptLength() > 1 ? 0 : begin)) {
              never(scores, logits.suppressedAtBegin());
            }
          });
    }
    return list;
  }

  /** Sequences of which the end of an answer is one by itself do not count. */
  private static LogitRule badWords(List<List<Integer>> words, List<Integer> eosIds) {
    return new BiasRule(
        words.stream()
            .filter(word -> word.size() > 1 || !eosIds.contains(word.get(0)))
            .map(word -> new SequenceBias(word, Double.NEGATIVE_INFINITY))
            .toList());
  }

  private static void never(float[] logits, List<Integer> ids) {
    for (int id : ids) {
      if (id < logits.length) {
        logits[id] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  private static void only(float[] logits, List<Integer> ids) {
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    for (int id : ids) {
      logits[id] = 0;
    }
  }

  private static void makeFinite(float[] logits) {
    for (int id = 0; id < logits.length; id++) {
      float logit = logits[id];
      if (Float.isNaN(logit)) {
        logits[id] = 0;
      } else {
        logits[id] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, logit));
      }
    }
  }
}
