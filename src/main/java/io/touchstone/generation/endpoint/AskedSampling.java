package io.touchstone.generation.endpoint;

import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.checkpoint.config.GenerationConfig.Lengths;
import io.touchstone.checkpoint.config.GenerationConfig.Warpers;
import io.touchstone.checkpoint.config.LogitRules;
import io.touchstone.generation.sampling.Decoding;
import io.touchstone.generation.sampling.EffectiveSampling;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a call asks of sampling, checked as for a model's folder, but handed on: what the call
 * leaves out is the server's.
 *
 * @param decoding greedy, or drawn by what the server has beside the call, or the first of each
 * @param samples of each prompt
 * @param notes what a user might not expect
 */
record AskedSampling(SamplingAsk ask, Decoding decoding, int samples, List<String> notes) {

  private static final String THE_SERVERS = "the server's";

  /** In place of a folder's: draws without any rule, so that nothing is decided for the server. */
  private static final GenerationConfig A_SERVERS =
      new GenerationConfig(
          "the server",
          List.of(0),
          OptionalInt.empty(),
          List.of(),
          new Lengths(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 0),
          new Warpers(
              Optional.of(true),
              OptionalDouble.of(1),
              OptionalDouble.empty(),
              OptionalInt.of(0),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty()),
          LogitRules.NONE);

  AskedSampling {
    notes = List.copyOf(notes);
  }

  /**
   * @throws Refused if it contradicts itself, or names no number of new tokens
   */
  static AskedSampling of(SamplingAsk ask) {
    Problems problems = new Problems();
    Optional<EffectiveSampling> checked =
        EffectiveSampling.of(ask, A_SERVERS, Integer.MAX_VALUE, problems);
    problems.refuseIfAny();
    EffectiveSampling sampling = checked.orElseThrow();
    return new AskedSampling(
        ask, sampling.rules().decoding(), sampling.rules().samples(), sampling.notes());
  }

  /** Whether each answer is to be the best token each time. */
  boolean isGreedy() {
    return decoding instanceof Decoding.Greedy;
  }

  /** Whether the first answer to a prompt is, and only that. */
  boolean isFirstGreedy() {
    return decoding instanceof Decoding.FirstGreedy;
  }

  /** By the names of the call's flags, as {@link EffectiveSampling#effective} has them. */
  SortedMap<String, String> effective() {
    SortedMap<String, String> effective = new TreeMap<>();
    effective.put("max-new-tokens", String.valueOf(ask.maxNewTokens().orElseThrow()));
    effective.put("samples", String.valueOf(samples));
    effective.put("repetition-penalty", told(ask.repetitionPenalty()));
    effective.put("stop", ask.stops().isEmpty() ? THE_SERVERS : String.join(", ", ask.stops()));
    if (isFirstGreedy()) {
      effective.put("decoding", "first greedy, others sampling");
    }
    if (isGreedy()) {
      effective.put("decoding", "greedy");
      return effective;
    }
    effective.put("seed", String.valueOf(ask.seed().orElse(0)));
    effective.put("temperature", told(ask.temperature()));
    effective.put("top-p", told(ask.topP()));
    effective.put("top-k", ask.topK().isPresent() ? "" + ask.topK().getAsInt() : THE_SERVERS);
    effective.put("min-p", told(ask.minP()));
    return effective;
  }

  private static String told(OptionalDouble asked) {
    return asked.isPresent() ? String.valueOf(asked.getAsDouble()) : THE_SERVERS;
  }
}
