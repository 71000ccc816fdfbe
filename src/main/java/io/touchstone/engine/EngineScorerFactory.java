package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.JudgedBy;
import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Gate;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Libtorch;
import io.touchstone.engine.device.Placing;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.program.Bf16Gain;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.FasterProducts;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelWork;
import io.touchstone.scoring.ReadOut;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.prompt.PromptScorer;
import io.touchstone.template.AnswerPrompt;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.PromptFormat;
import io.touchstone.template.SteerLmPrompt;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.Tokenizer;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens the Hugging Face checkpoint of a decoder as a scorer. */
public final class EngineScorerFactory implements ScorerFactory {
  private static final long serialVersionUID = 1L;

  private final TokenizerChoice tokenizerChoice;
  private final @Nullable String chatTemplate;
  private final PromptChoice prompt;
  private final CausalReward causal;
  private final JudgedBy judgedBy;
  private final RewardScale scale;
  private final MambaSteps mambaSteps;
  private final @Nullable String base;
  private final LocalDate templateDate;
  private final Precision precision;
  private final DeviceRule device;
  private final Resources resources;
  private final MemoryNeed need;
  private final ModelWork work;
  private final Bf16Gain gain;
  private final ModelDescription model;

  /**
   * @param config with a device that is settled
   */
  private EngineScorerFactory(
      EngineConfig config, Checkpoint checkpoint, CausalReward causal, ModelDescription model) {
    this.device = config.device();
    this.need = MemoryNeed.of(checkpoint, Processor.of(Placing.alone(device), config.precision()));
    this.work = DecoderWork.of(checkpoint.decoder());
    this.gain = gain(checkpoint);
    this.tokenizerChoice = config.reading().tokenizer();
    this.chatTemplate = config.reading().chatTemplate().orElse(null);
    this.prompt = config.prompt();
    this.causal = causal;
    this.judgedBy = config.reading().judgedBy();
    this.scale = config.reading().scale();
    this.mambaSteps = config.reading().mambaSteps();
    this.base = config.reading().base().map(Path::toString).orElse(null);
    this.templateDate = config.templateDate();
    this.precision = config.precision();
    this.resources = config.resources();
    this.model = model;
  }

  /**
   * Reads all of the folder but its weights, which are only checked.
   *
   * @throws Refused with every problem of the folder, and of what was asked of it
   */
  public static EngineScorerFactory of(EngineConfig asked) {
    EngineConfig config = asked.with(Placing.settled(asked.device()));
    return of(config, Checkpoint.open(config.model(), config.reading()));
  }

  /**
   * @param config with a device that is settled
   */
  static EngineScorerFactory of(EngineConfig config, Checkpoint checkpoint) {
    EngineCheck.Passed passed = EngineCheck.of(checkpoint, config);
    return new EngineScorerFactory(
        config,
        checkpoint,
        passed.causal(),
        new ModelDescription(
            config.model().toString(),
            checkpoint.fingerprint(),
            checkpoint.architecture(),
            passed.attributes(),
            passed.maxTokens(),
            config.asking().isPresent()
                ? ModelDescription.answered(config.prompt().word())
                : config.prompt().word(),
            config.templateDate().toString(),
            Placing.arithmetic(config.device(), config.precision()),
            parts(checkpoint, passed.causal(), passed.attributes().size()).toString(),
            config.question(),
            config.steps(),
            passed.reading()));
  }

  /**
   * @throws TemplateException if the folder has no chat template that can be used
   */
  static PromptFormat promptFormat(Checkpoint checkpoint, PromptChoice prompt, LocalDate date) {
    return switch (prompt) {
      case STEERLM -> new SteerLmPrompt();
      case CHAT -> FolderPrompt.chat(checkpoint, date, ", --prompt steerlm NeMo's fixed prompt");
    };
  }

  @Override
  public ModelDescription model() {
    return model;
  }

  @Override
  public Optional<MemoryPlan> memory() {
    Processor processor = Processor.of(Placing.alone(device), precision);
    return Optional.of(need.plan(resources.on(processor.device())));
  }

  @Override
  public Optional<ModelWork> work() {
    return Optional.of(work);
  }

  /** Of the linear layers. */
  private static Bf16Gain gain(Checkpoint checkpoint) {
    DecoderConfig decoder = checkpoint.decoder();
    return new Bf16Gain(decoder.hiddenSize(), decoder.intermediateSize());
  }

  @Override
  public Optional<FasterProducts> faster() {
    return precision == Precision.FP32 ? gain.found() : Optional.empty();
  }

  @Override
  public boolean asksMachines() {
    return precision.asksProcessor();
  }

  @Override
  public void checkMachine() {
    Libtorch.requireMachine(precision);
  }

  @Override
  public ReplicaDevice place(Optional<GivenGpu> given) {
    return Placing.place(device, given);
  }

  @Override
  public Scorer open() {
    return open(Placing.alone(device));
  }

  @Override
  public Scorer open(ReplicaDevice place) {
    Checkpoint checkpoint =
        FolderPrompt.same(
            Path.of(model.path()),
            new Checkpoint.Reading(
                tokenizerChoice,
                Optional.ofNullable(chatTemplate),
                scale,
                Optional.ofNullable(base).map(Path::of),
                mambaSteps,
                judgedBy),
            model.fingerprint());
    Libtorch.require(place, precision);
    Tokenizer tokenizer = FolderPrompt.tokenizer(checkpoint);
    return new PromptScorer(
        new PromptScorer.Prompting(
            scoredPrompt(checkpoint),
            model.question(),
            model.steps(),
            tokenizer,
            new SpecialTokens(checkpoint.tokenizer().specialTexts()),
            readOut(checkpoint, tokenizer),
            model.maxTokens(),
            checkpoint.decoder().vocabSize(),
            checkpoint.decoder().rotary().full()::stretch),
        forwardPass(
            checkpoint,
            parts(checkpoint, causal, model.attributes().size()),
            Processor.of(place, precision),
            resources));
  }

  /**
   * @throws ScorerException if the model does not fit the memory, or the device is not there
   */
  public static ForwardPass forwardPass(
      Checkpoint checkpoint, HeadParts head, Processor processor, Resources resources) {
    return checkpoint.decoder().hybrid().isPresent()
        ? HybridForwardPass.open(checkpoint, head, processor, resources)
        : DecoderForwardPass.open(checkpoint, head, processor, resources);
  }

  private PromptFormat scoredPrompt(Checkpoint checkpoint) {
    PromptFormat format = promptFormat(checkpoint, prompt, templateDate);
    boolean answered = causal instanceof CausalReward.OfPair && !model.steps().areJudged();
    return answered && format instanceof ChatPrompt chat ? new AnswerPrompt(chat) : format;
  }

  /**
   * @param outputs that are asked for: of a gated model its score, or all
   */
  private static HeadParts parts(Checkpoint checkpoint, CausalReward causal, int outputs) {
    HeadParts parts = HeadParts.of(checkpoint, causal);
    return outputs > 1 ? parts.givingAll() : parts;
  }

  private static ReadOut readOut(Checkpoint checkpoint, Tokenizer tokenizer) {
    ReadOut last = lastReadOut(checkpoint);
    return checkpoint.head() instanceof RewardHead.Classifier head && head.gate().isPresent()
        ? new ReadOut.HeaderThen(Gate.HEADER.strip(), tokenizer.encode(Gate.HEADER), last)
        : last;
  }

  private static ReadOut lastReadOut(Checkpoint checkpoint) {
    if (checkpoint.head() instanceof RewardHead.Classifier head
        && head.appendedToken().isPresent()) {
      return new ReadOut.AppendedToken(head.appendedToken().getAsInt());
    }
    if (checkpoint.head() instanceof RewardHead.Classifier head && head.padTokenId().isPresent()) {
      int pad = head.padTokenId().getAsInt();
      return switch (head.position()) {
        case RIGHTMOST_NOT_PAD -> new ReadOut.LastTokenBesides(pad);
        case BEFORE_FIRST_PAD -> new ReadOut.TokenBefore(pad);
        case LAST, STEP_ENDS -> new ReadOut.LastToken();
      };
    }
    return new ReadOut.LastToken();
  }
}
