package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.device.Libtorch;
import io.touchstone.engine.device.Placing;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.GenerationWork;
import io.touchstone.generation.Generator;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.generation.JudgementRule;
import io.touchstone.generation.pipeline.ReplicaGenerator;
import io.touchstone.generation.prompt.ControlTokens;
import io.touchstone.generation.prompt.PromptTokenizer;
import io.touchstone.generation.prompt.SpelledTokens;
import io.touchstone.generation.sampling.SamplingRules;
import io.touchstone.generation.text.AnswerDecoder;
import io.touchstone.generation.text.ThoughtTags;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.template.ChatPrompt;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens a Hugging Face checkpoint as a generator. */
public final class EngineGeneratorFactory implements GeneratorFactory {
  private static final long serialVersionUID = 1L;

  private final GenerationRecipe recipe;
  private final SamplingRules rules;
  private final @Nullable JudgementRule judgement;
  private final GenerationNeed need;
  private final GeneratorDescription description;

  /**
   * @param config with a device that is settled
   */
  private EngineGeneratorFactory(
      GenerationEngineConfig config,
      Checkpoint checkpoint,
      GenerationCheck.Passed passed,
      GeneratorDescription description) {
    GenerationEngineConfig.Run run = config.run();
    this.recipe = GenerationRecipe.of(config);
    this.rules = passed.sampling().rules();
    this.judgement = passed.judgement().orElse(null);
    this.need =
        GenerationNeed.of(
            checkpoint.decoder(), Processor.of(Placing.alone(run.device()), run.precision()));
    this.description = description;
  }

  /**
   * Reads all of the folder but its weights, which are only checked.
   *
   * @throws Refused with every problem of the folder, and of what was asked of it
   */
  public static EngineGeneratorFactory of(GenerationEngineConfig asked) {
    GenerationEngineConfig config = asked.with(Placing.settled(asked.run().device()));
    Checkpoint checkpoint = Checkpoint.open(config.model(), config.readingOfWriter());
    GenerationCheck.Passed passed = GenerationCheck.of(checkpoint, config);
    return new EngineGeneratorFactory(
        config,
        checkpoint,
        passed,
        new GeneratorDescription(
            config.model().toString(),
            checkpoint.fingerprint(),
            checkpoint.architecture(),
            CausalModels.maxTokens(checkpoint.decoder()),
            Placing.arithmetic(config.run().device(), config.run().precision()),
            passed.effective(),
            passed.reading()));
  }

  @Override
  public GeneratorDescription description() {
    return description;
  }

  /** How the judgement that was asked for is read; empty if none was. */
  public Optional<JudgementRule> judgement() {
    return Optional.ofNullable(judgement);
  }

  /** Of each prompt. */
  public int samples() {
    return rules.samples();
  }

  /** The most tokens of an answer. */
  public int maxNewTokens() {
    return rules.maxNewTokens();
  }

  @Override
  public Optional<GenerationMemory> memory() {
    GenerationEngineConfig.Run run = recipe.run();
    Processor processor = Processor.of(Placing.alone(run.device()), run.precision());
    return Optional.of(need.plan(run.resources().on(processor.device())));
  }

  @Override
  public Optional<GenerationWork> work() {
    return Optional.of(DecoderWork.ofAnswers(checkpoint().decoder()));
  }

  @Override
  public boolean asksMachines() {
    return recipe.run().precision().asksProcessor();
  }

  @Override
  public void checkMachine() {
    Libtorch.requireMachine(recipe.run().precision());
  }

  @Override
  public ReplicaDevice place(Optional<GivenGpu> given) {
    return Placing.place(recipe.run().device(), given);
  }

  @Override
  public Generator open() {
    return open(Placing.alone(recipe.run().device()));
  }

  private Checkpoint checkpoint() {
    return FolderPrompt.same(
        Path.of(description.model()), recipe.reading(), description.fingerprint());
  }

  @Override
  public Generator open(ReplicaDevice place) {
    Checkpoint checkpoint = checkpoint();
    Libtorch.require(place, recipe.run().precision());
    ChatPrompt format = FolderPrompt.chat(checkpoint, recipe.templateDate(), "");
    Tokenizer tokenizer = FolderPrompt.tokenizer(checkpoint);
    PromptTokenizer.Prompting prompting =
        new PromptTokenizer.Prompting(
            format,
            recipe.thinking(),
            recipe.tools(),
            tokenizer,
            new SpecialTokens(checkpoint.tokenizer().specialTexts()),
            control(checkpoint, format, tokenizer));
    Processor processor = Processor.of(place, recipe.run().precision());
    Resources resources = recipe.run().resources().on(processor.device());
    CausalModel model = CausalModels.open(checkpoint, processor, resources);
    return new ReplicaGenerator(
        new PromptTokenizer(
            prompting,
            new PromptTokenizer.Room(
                description.maxTokens(), rules.maxNewTokens(), model.vocabulary(), model.memory())),
        model,
        new ReplicaGenerator.Answering(
            rules,
            new AnswerDecoder(tokenizer, thinks(checkpoint)),
            judgement(),
            resources.threads(),
            place instanceof ReplicaDevice.Cpu));
  }

  private static boolean thinks(Checkpoint checkpoint) {
    return ThoughtTags.areKnown(
        checkpoint.chatTemplate().orElse(""), checkpoint.tokenizer().addedTexts());
  }

  private Optional<ControlTokens> control(
      Checkpoint checkpoint, ChatPrompt format, Tokenizer tokenizer) {
    if (recipe.spelled() == SpelledTokens.AS_TOKENS) {
      return Optional.empty();
    }
    return Optional.of(
        new ControlTokens(
            format,
            new ControlTokens.Added(
                new HashSet<>(checkpoint.tokenizer().specialTexts()),
                checkpoint.tokenizer().addedTexts(),
                checkpoint.tokenizer().chatControlTokens()),
            tokenizer,
            HuggingFaceTokens.of(checkpoint.tokenizerJsonWithoutAddedTokens())));
  }
}
