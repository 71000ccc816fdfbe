package io.touchstone.generation.sampling;

import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.checkpoint.config.LogitRules;
import io.touchstone.checkpoint.config.LogitRules.SequenceBias;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Numbers of a call that can be none, and ids of a folder that its model does not have. */
record SamplingLimits(SamplingAsk ask, GenerationConfig config, int vocabulary, Problems problems) {

  void check() {
    atLeast("--temperature", ask.temperature());
    share("--top-p", ask.topP());
    atLeast("--top-k", 0, ask.topK());
    share("--min-p", ask.minP());
    above("--repetition-penalty", ask.repetitionPenalty());
    atLeast("--samples", 1, ask.samples());
    atLeast("--max-new-tokens", 1, ask.maxNewTokens());
    if (ask.stops().contains("")) {
      problems.add(Problem.at("--stop").expected("a text").found("an empty one"));
    }
    LogitRules logits = config.logits();
    known(
        "sequence_bias",
        logits.sequenceBias().stream().map(SequenceBias::ids).flatMap(Collection::stream));
    known("bad_words_ids", logits.badWords().stream().flatMap(Collection::stream));
    known("forced_bos_token_id", logits.forcedBos().stream());
    known("forced_eos_token_id", logits.forcedEos().stream());
    notAllSuppressed("forced_bos_token_id", logits.forcedBos());
    notAllSuppressed("forced_eos_token_id", logits.forcedEos());
  }

  private void atLeast(String flag, OptionalDouble value) {
    if (value.isPresent() && !(value.getAsDouble() >= 0 && Double.isFinite(value.getAsDouble()))) {
      problems.add(Problem.at(flag).expected("a number from 0").found(value.getAsDouble()));
    }
  }

  private void above(String flag, OptionalDouble value) {
    if (value.isPresent() && !(value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble()))) {
      problems.add(Problem.at(flag).expected("a number above 0").found(value.getAsDouble()));
    }
  }

  private void share(String flag, OptionalDouble value) {
    if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= 1)) {
      problems.add(Problem.at(flag).expected("a number from 0 to 1").found(value.getAsDouble()));
    }
  }

  private void atLeast(String flag, int least, OptionalInt value) {
    if (value.isPresent() && value.getAsInt() < least) {
      problems.add(
          Problem.at(flag).expected("a whole number from " + least).found(value.getAsInt()));
    }
  }

  private void known(String field, Stream<Integer> ids) {
    ids.filter(id -> id >= vocabulary)
        .findFirst()
        .ifPresent(
            id ->
                problems.add(
                    Problem.in(config.source())
                        .field(field)
                        .expected("ids below the model's " + vocabulary)
                        .found(id)));
  }

  /** Else nothing would be left, on which transformers fails as well. */
  private void notAllSuppressed(String field, List<Integer> forced) {
    if (!forced.isEmpty() && config.logits().suppressed().containsAll(forced)) {
      problems.add(
          Problem.in(config.source())
              .field(field)
              .expected("an id that suppress_tokens leaves")
              .found(forced));
    }
  }
}
