package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Libtorch;
import io.touchstone.engine.device.Placing;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.encoder.EncoderForwardPass;
import io.touchstone.engine.encoder.OutputScale;
import io.touchstone.engine.program.Bf16Gain;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.FasterProducts;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelWork;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.prompt.EncodeChoice;
import io.touchstone.scoring.prompt.Encoding;
import io.touchstone.scoring.prompt.OverLong;
import io.touchstone.scoring.prompt.PromptScorer;
import io.touchstone.tokenizer.PairTokens;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Opens the Hugging Face checkpoint of an encoder as a scorer. */
public final class EncoderScorerFactory implements ScorerFactory {
  private static final long serialVersionUID = 1L;

  private final TokenizerChoice tokenizer;
  private final @Nullable String base;
  private final EncodeChoice encode;
  private final OverLong overLong;

  /** 0 for all. */
  private final int maxCharacters;

  private final OutputScale scale;
  private final Precision precision;
  private final DeviceRule device;
  private final Resources resources;
  private final MemoryNeed need;
  private final ModelWork work;
  private final Bf16Gain gain;
  private final ModelDescription model;

  private EncoderScorerFactory(
      EngineConfig config, Checkpoint checkpoint, EncodeChoice encode, ModelDescription model) {
    EncoderConfig encoder = checkpoint.encoder().orElseThrow();
    this.tokenizer = config.reading().tokenizer();
    this.base = config.reading().base().map(Path::toString).orElse(null);
    this.encode = encode;
    this.overLong = config.encoder().overLong();
    this.maxCharacters = config.encoder().maxCharacters().orElse(0);
    this.scale = config.encoder().scale();
    this.precision = config.precision();
    this.device = config.device();
    this.resources = config.resources();
    EncoderMemory memory =
        new EncoderMemory(encoder, Processor.of(Placing.alone(device), precision));
    this.need = memory.need(model.maxTokens());
    this.work = memory.work();
    this.gain = new Bf16Gain(encoder.hiddenSize(), encoder.intermediateSize());
    this.model = model;
  }

  /**
   * @param config with a device that is settled
   * @throws Refused with every problem of what was asked of the folder
   */
  static EncoderScorerFactory of(EngineConfig config, Checkpoint checkpoint) {
    EncoderCheck.Passed passed = EncoderCheck.of(checkpoint, config);
    EncoderWishes wishes = config.encoder();
    String head = checkpoint.encoder().orElseThrow().head().output();
    return new EncoderScorerFactory(
        config,
        checkpoint,
        passed.encode(),
        new ModelDescription(
            config.model().toString(),
            checkpoint.fingerprint(),
            checkpoint.architecture(),
            passed.attributes(),
            passed.maxTokens(),
            prompt(passed.encode(), wishes),
            config.templateDate().toString(),
            Placing.arithmetic(config.device(), config.precision()),
            head + (wishes.scale() == OutputScale.PROBABILITY ? ", probabilities" : ""),
            passed.reading()));
  }

  /** What is read of a row, as results record it. */
  private static String prompt(EncodeChoice encode, EncoderWishes wishes) {
    return "encode "
        + encode.word()
        + (wishes.overLong() == OverLong.CUT ? ", cut" : "")
        + (wishes.maxCharacters().isPresent()
            ? ", of " + wishes.maxCharacters().getAsInt() + " characters"
            : "");
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
            Checkpoint.Reading.defaults()
                .with(tokenizer)
                .with(Optional.ofNullable(base).map(Path::of)),
            model.fingerprint());
    Libtorch.require(place, precision);
    EncoderConfig encoder = checkpoint.encoder().orElseThrow();
    boolean namesTexts =
        checkpoint.namesTexts()
            && encoder.embedding().types().map(types -> types.rows() > 1).orElse(false);
    return new PromptScorer(
        new Encoding(
            encode,
            PairTokens.of(
                checkpoint.tokenizerJson(),
                overLong == OverLong.CUT ? OptionalInt.of(model.maxTokens()) : OptionalInt.empty()),
            new SpecialTokens(checkpoint.tokenizer().specialTexts()),
            overLong,
            model.maxTokens(),
            maxCharacters > 0 ? OptionalInt.of(maxCharacters) : OptionalInt.empty(),
            encoder.vocabSize(),
            namesTexts),
        forwardPass(checkpoint, Processor.of(place, precision)));
  }

  private ForwardPass forwardPass(Checkpoint checkpoint, Processor processor) {
    return forwardPass(checkpoint, scale, model.maxTokens(), processor, resources);
  }

  /**
   * @param maxTokens of a row
   * @throws ScorerException if the model does not fit the memory, or the device is not there
   */
  public static ForwardPass forwardPass(
      Checkpoint checkpoint,
      OutputScale scale,
      int maxTokens,
      Processor processor,
      Resources asked) {
    Resources resources = asked.on(processor.device());
    MemoryNeed need =
        new EncoderMemory(checkpoint.encoder().orElseThrow(), processor).need(maxTokens);
    EncoderForwardPass.Storage storage;
    try {
      storage =
          new EncoderForwardPass.Storage(need.plan(resources), need.keepsAllLayers(resources));
    } catch (IllegalArgumentException e) {
      throw new ScorerException(String.valueOf(e.getMessage()), e);
    }
    return EncoderForwardPass.open(checkpoint, scale, storage, processor, resources);
  }
}
