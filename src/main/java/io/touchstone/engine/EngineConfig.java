package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.scoring.Question;
import io.touchstone.scoring.Steps;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is read and run.
 *
 * @param model a Hugging Face model folder
 * @param reading of that folder where it is a choice
 * @param rewardToken the token id whose logit is the reward of a causal model that is not asked
 * @param asking how a causal model is asked; empty where it is not
 * @param steps how answers are cut into steps that the model judges
 * @param attributes names of the model's outputs; empty for the checkpoint's own
 * @param maxTokens the most tokens of one prompt; empty for the checkpoint's {@code
 *     max_position_embeddings}
 * @param templateDate what a chat template takes for today
 * @param precision of the linear layers' products
 * @param device that they are computed on
 * @param encoder what is asked of the model if it is one
 */
public record EngineConfig(
    Path model,
    Checkpoint.Reading reading,
    Known known,
    PromptChoice prompt,
    int rewardToken,
    Optional<Asking> asking,
    Steps steps,
    List<String> attributes,
    OptionalInt maxTokens,
    LocalDate templateDate,
    Precision precision,
    DeviceRule device,
    Resources resources,
    EncoderWishes encoder) {

  /** Whether whoever asks knows the model for a reward model. */
  public enum Known {
    AS_REWARD_MODEL,
    NOT
  }

  /** Fixed: with the real date a template that prints it would give other scores each night. */
  public static final LocalDate TEMPLATE_DATE = LocalDate.of(2024, 7, 26);

  public EngineConfig {
    attributes = List.copyOf(attributes);
  }

  /** Of a decoder that judges whole answers. */
  public EngineConfig(
      Path model,
      Checkpoint.Reading reading,
      Known known,
      PromptChoice prompt,
      int rewardToken,
      Optional<Asking> asking,
      List<String> attributes,
      OptionalInt maxTokens,
      LocalDate templateDate,
      Precision precision,
      DeviceRule device,
      Resources resources) {
    this(
        model,
        reading,
        known,
        prompt,
        rewardToken,
        asking,
        Steps.NONE,
        attributes,
        maxTokens,
        templateDate,
        precision,
        device,
        resources,
        EncoderWishes.NONE);
  }

  /** Of a model that is asked nothing. */
  public EngineConfig(
      Path model,
      Checkpoint.Reading reading,
      Known known,
      PromptChoice prompt,
      int rewardToken,
      List<String> attributes,
      OptionalInt maxTokens,
      LocalDate templateDate,
      Precision precision,
      DeviceRule device,
      Resources resources) {
    this(
        model,
        reading,
        known,
        prompt,
        rewardToken,
        Optional.empty(),
        attributes,
        maxTokens,
        templateDate,
        precision,
        device,
        resources);
  }

  /** The question behind each scored answer. */
  Question question() {
    return asking.map(Asking::question).orElse(Question.NONE);
  }

  /** The same model on another device. */
  EngineConfig with(DeviceRule other) {
    return new EngineConfig(
        model,
        reading,
        known,
        prompt,
        rewardToken,
        asking,
        steps,
        attributes,
        maxTokens,
        templateDate,
        precision,
        other,
        resources,
        encoder);
  }

  /** The same model, of which something is asked if it is an encoder. */
  public EngineConfig with(EncoderWishes wishes) {
    return new EngineConfig(
        model,
        reading,
        known,
        prompt,
        rewardToken,
        asking,
        steps,
        attributes,
        maxTokens,
        templateDate,
        precision,
        device,
        resources,
        wishes);
  }

  /** The same model, judging steps. */
  public EngineConfig with(Steps judged) {
    return new EngineConfig(
        model,
        reading,
        known,
        prompt,
        rewardToken,
        asking,
        judged,
        attributes,
        maxTokens,
        templateDate,
        precision,
        device,
        resources,
        encoder);
  }

  public static EngineConfig defaults(Path model) {
    return new EngineConfig(
        model,
        Checkpoint.Reading.defaults(),
        Known.NOT,
        PromptChoice.CHAT,
        0,
        List.of(),
        OptionalInt.empty(),
        TEMPLATE_DATE,
        Precision.FP32,
        new DeviceRule.Best(),
        Resources.OF_THE_MACHINE);
  }
}
