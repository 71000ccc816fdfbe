package io.touchstone.checkpoint.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What {@code generation_config.json} says, or {@code config.json} where there is none; empty where
 * it says nothing or null, which transformers 5.23.0 takes for the same.
 *
 * @param source the file's name
 * @param eosIds any of which ends an answer; maybe none
 * @param samples of each prompt
 * @param stops strings that end an answer
 */
public record GenerationConfig(
    String source,
    List<Integer> eosIds,
    OptionalInt samples,
    List<String> stops,
    Lengths lengths,
    Warpers warpers,
    LogitRules logits) {

  /** The file that has its own. */
  public static final String FILE = "generation_config.json";

  /** The file that counts where there is no other. */
  public static final String CONFIG = "config.json";

  public GenerationConfig {
    eosIds = List.copyOf(eosIds);
    stops = List.copyOf(stops);
  }

  /** Bounds of an answer; those without {@code new} count the prompt as well. */
  public record Lengths(
      OptionalInt maxNewTokens, OptionalInt maxLength, OptionalInt minNewTokens, int minLength) {}

  /** What changes a distribution before a token is drawn from it, and nothing else. */
  public record Warpers(
      Optional<Boolean> doSample,
      OptionalDouble temperature,
      OptionalDouble topH,
      OptionalInt topK,
      OptionalDouble topP,
      OptionalDouble minP,
      OptionalDouble typicalP,
      OptionalDouble epsilonCutoff,
      OptionalDouble etaCutoff) {}

  /** Reads the file that has its own; what cannot be or is not supported becomes a problem. */
  public static GenerationConfig read(Fields file) {
    return new GenerationConfigReader(file).read();
  }

  /** Reads what counts where there is no such file: the end of an answer. */
  public static GenerationConfig ofModel(Fields config) {
    return GenerationConfigReader.ofModel(config);
  }
}
