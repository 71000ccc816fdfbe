package io.touchstone.generation.sampling;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a call says of how tokens are chosen; empty where it says nothing.
 *
 * @param greedy whether it says so
 * @param firstGreedy whether it says so of the first sample of each prompt
 * @param stops strings that end an answer; none to leave that to the model's folder
 */
public record SamplingAsk(
    boolean greedy,
    boolean firstGreedy,
    OptionalDouble temperature,
    OptionalDouble topP,
    OptionalInt topK,
    OptionalDouble minP,
    OptionalDouble repetitionPenalty,
    OptionalLong seed,
    OptionalInt samples,
    OptionalInt maxNewTokens,
    List<String> stops) {

  /** Of a call that says nothing. */
  public static final SamplingAsk NOTHING =
      new SamplingAsk(
          false,
          false,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of());

  /** Of a call whose samples are all chosen in one way. */
  public SamplingAsk(
      boolean greedy,
      OptionalDouble temperature,
      OptionalDouble topP,
      OptionalInt topK,
      OptionalDouble minP,
      OptionalDouble repetitionPenalty,
      OptionalLong seed,
      OptionalInt samples,
      OptionalInt maxNewTokens,
      List<String> stops) {
    this(
        greedy,
        false,
        temperature,
        topP,
        topK,
        minP,
        repetitionPenalty,
        seed,
        samples,
        maxNewTokens,
        stops);
  }

  public SamplingAsk {
    stops = List.copyOf(stops);
  }
}
