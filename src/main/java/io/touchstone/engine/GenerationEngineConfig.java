package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.JudgedBy;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.prompt.SpelledTokens;
import io.touchstone.generation.prompt.Thinking;
import io.touchstone.generation.sampling.SamplingAsk;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a model is read and run to generate.
 *
 * @param model a Hugging Face model folder
 * @param reading of that folder where it is a choice
 * @param sampling what the call says of tokens, lengths, samples and stop strings
 * @param prompting what its chat template is told
 * @param judgement that is read out of each answer; empty for none
 * @param run what the arithmetic runs on
 */
public record GenerationEngineConfig(
    Path model,
    Checkpoint.Reading reading,
    SamplingAsk sampling,
    Prompting prompting,
    Optional<JudgementAsk> judgement,
    Run run) {

  /** Of a model that is not asked to judge. */
  public GenerationEngineConfig(
      Path model, Checkpoint.Reading reading, SamplingAsk sampling, Prompting prompting, Run run) {
    this(model, reading, sampling, prompting, Optional.empty(), run);
  }

  /**
   * What a chat template is told besides the messages.
   *
   * @param tools that conversations without any of their own offer, values as {@link
   *     io.touchstone.conversation.Conversation#tools} has them
   * @param templateDate what it takes for today
   */
  public record Prompting(
      Thinking thinking,
      List<@Nullable Object> tools,
      SpelledTokens spelled,
      LocalDate templateDate) {

    public Prompting {
      tools = Collections.unmodifiableList(new ArrayList<>(tools));
    }

    public static Prompting defaults() {
      return new Prompting(
          Thinking.UNSET, List.of(), SpelledTokens.AS_TOKENS, EngineConfig.TEMPLATE_DATE);
    }
  }

  /**
   * What the arithmetic runs on.
   *
   * @param precision of the linear layers' products
   */
  public record Run(Precision precision, DeviceRule device, Resources resources) {

    public static Run defaults() {
      return new Run(Precision.FP32, new DeviceRule.Best(), Resources.OF_THE_MACHINE);
    }

    /** The same on another device. */
    Run with(DeviceRule other) {
      return new Run(precision, other, resources);
    }
  }

  public static GenerationEngineConfig defaults(Path model, SamplingAsk sampling) {
    return new GenerationEngineConfig(
        model, Checkpoint.Reading.defaults(), sampling, Prompting.defaults(), Run.defaults());
  }

  /** The same model on another device. */
  GenerationEngineConfig with(DeviceRule other) {
    return new GenerationEngineConfig(
        model, reading, sampling, prompting, judgement, run.with(other));
  }

  /** The folder's reading: of a model that may write what it likes. */
  Checkpoint.Reading readingOfWriter() {
    return reading.with(JudgedBy.TEXT);
  }
}
