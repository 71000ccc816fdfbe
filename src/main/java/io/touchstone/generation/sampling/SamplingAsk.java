package io.touchstone.generation.sampling;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a call says of how tokens are chosen; empty where it says nothing.
 *
 * @param greedy whether it says so
 * @param stops strings that end an answer; none to leave that to the model's folder
 */
public record SamplingAsk(
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

  /** Of a call that says nothing. */
  public static final SamplingAsk NOTHING =
      new SamplingAsk(
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

  public SamplingAsk {
    stops = List.copyOf(stops);
  }
}
