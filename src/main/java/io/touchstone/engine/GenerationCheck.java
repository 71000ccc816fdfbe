package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.digest.Sha256;
import io.touchstone.engine.device.Placing;
import io.touchstone.engine.device.Processor;
import io.touchstone.generation.JudgementRule;
import io.touchstone.generation.prompt.Thinking;
import io.touchstone.generation.sampling.EffectiveSampling;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ModelReading;
import io.touchstone.template.ChatPrompt;
import io.touchstone.tokenizer.HuggingFaceTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that could keep the engine from generating with a sound folder, looked at before it begins.
 */
record GenerationCheck(
    Checkpoint checkpoint, GenerationEngineConfig config, FolderCheck folder, Problems problems) {

  private static final int TOLD_BYTES = 8;

  /**
   * What the model and the wishes for it come to.
   *
   * @param judgement how the one that is asked for is read; empty for none
   * @param effective the settings that decide answers, by name
   */
  record Passed(
      EffectiveSampling sampling,
      Optional<JudgementRule> judgement,
      SortedMap<String, String> effective,
      ModelReading reading) {}

  /**
   * @param config with a device that is settled
   * @throws Refused with every problem
   */
  static Passed of(Checkpoint checkpoint, GenerationEngineConfig config) {
    Problems problems = new Problems();
    GenerationCheck check =
        new GenerationCheck(checkpoint, config, new FolderCheck(checkpoint, problems), problems);
    check.head();
    if (checkpoint.encoder().isPresent()) {
      throw Refused.in(config.model(), problems.found());
    }
    check.layers();
    check.folder.tensors();
    Optional<EffectiveSampling> sampling = check.sampling();
    check.folder.device(config.run().device());
    sampling.ifPresent(check::lengths);
    check.memory();
    check.folder.attempt(check::template);
    List<JudgementRule> judgement = new ArrayList<>();
    List<String> beyond =
        check.folder.tokenizer(
            tokenizer ->
                config
                    .judgement()
                    .flatMap(asked -> check.rule(asked, tokenizer))
                    .ifPresent(judgement::add));
    if (!problems.isEmpty() || sampling.isEmpty()) {
      throw Refused.in(config.model(), problems.found());
    }
    return new Passed(
        sampling.get(),
        judgement.stream().findFirst(),
        check.effective(sampling.get()),
        check.reading(sampling.get(), beyond));
  }

  /** Empty beside a problem. */
  private Optional<JudgementRule> rule(JudgementAsk asked, HuggingFaceTokens tokenizer) {
    int before = problems.found().size();
    int wanted = folder.answerToken(asked.wanted(), tokenizer);
    int unwanted = folder.answerToken(asked.unwanted(), tokenizer);
    if (problems.found().size() == before && wanted == unwanted) {
      problems.add(
          Problem.at("answer tokens").expected("two of them").found("token " + wanted + " twice"));
    }
    return problems.found().size() == before
        ? Optional.of(new JudgementRule(asked.marker(), wanted, unwanted))
        : Optional.empty();
  }

  /** A head of another kind gives no tokens. */
  private void head() {
    if (checkpoint.head() instanceof RewardHead.Classifier) {
      problems.add(
          Problem.in("config.json")
              .field("architectures")
              .expected("a causal model, which generates; jobs/annotate scores with a classifier")
              .found(checkpoint.architecture()));
    } else if (!CausalModels.generates(checkpoint.decoder())) {
      problems.add(CausalModels.noGeneration(checkpoint));
    }
  }

  private void layers() {
    if (checkpoint.decoder().mlp().experts().isPresent()) {
      problems.add(
          Problem.in("config.json")
              .field("architectures")
              .expected(
                  "a model without experts, which generates; jobs/annotate scores with them, and a"
                      + " server (--endpoint) answers with them")
              .found(checkpoint.architecture()));
    }
    if (config.reading().mambaSteps() != MambaSteps.PUBLISHED
        && checkpoint.decoder().hybrid().isEmpty()) {
      problems.add(
          Problem.at("mamba-dt")
              .expected(MambaSteps.PUBLISHED.word() + " for a model without Mamba layers")
              .found(config.reading().mambaSteps().word()));
    }
  }

  private Optional<EffectiveSampling> sampling() {
    List<EffectiveSampling> decided = new ArrayList<>();
    folder.attempt(
        () ->
            EffectiveSampling.of(
                    config.sampling(),
                    checkpoint.generationConfig(),
                    checkpoint.decoder().vocabSize(),
                    problems)
                .ifPresent(decided::add));
    return decided.stream().findFirst();
  }

  private void lengths(EffectiveSampling sampling) {
    int most = CausalModels.maxTokens(checkpoint.decoder());
    if (sampling.rules().maxNewTokens() >= most) {
      problems.add(
          Problem.at("max new tokens")
              .expected(
                  "fewer than "
                      + (isCut() ? shortRows() : "the model's max_position_embeddings, " + most))
              .found(sampling.rules().maxNewTokens()));
    }
  }

  /** Whether rows of this model end before its last position. */
  private boolean isCut() {
    return CausalModels.maxTokens(checkpoint.decoder())
        < checkpoint.decoder().maxPositionEmbeddings();
  }

  private String shortRows() {
    return String.format(
        Locale.ROOT,
        "%,d tokens, up to which the model's rotary embedding has one table of angles",
        CausalModels.maxTokens(checkpoint.decoder()));
  }

  /** What is left to the machine, each executor finds out on its own. */
  private void memory() {
    if (config.run().resources().memory() > 0) {
      folder.attempt(
          () -> {
            Processor processor =
                Processor.of(Placing.alone(config.run().device()), config.run().precision());
            CausalModels.memory(checkpoint, processor, config.run().resources());
          });
    }
  }

  private void template() {
    ChatPrompt prompt = FolderPrompt.chat(checkpoint, config.prompting().templateDate(), "");
    Thinking thinking = config.prompting().thinking();
    if (thinking != Thinking.UNSET && !isRead(prompt, "enable_thinking")) {
      problems.add(
          Problem.at("thinking")
              .expected("a chat template that reads enable_thinking")
              .found("one that does not name it, and would ignore --thinking " + thinking.word()));
    }
    if (!config.prompting().tools().isEmpty() && !isRead(prompt, "tools")) {
      problems.add(
          Problem.at("tools")
              .expected("a chat template that reads tools")
              .found("one that does not name them, and would ignore --tools"));
    }
  }

  /** Whether any template of the folder names a variable. */
  private static boolean isRead(ChatPrompt prompt, String variable) {
    return prompt.template().mentions(variable)
        || prompt.toolTemplate().map(tools -> tools.mentions(variable)).orElse(false);
  }

  private SortedMap<String, String> effective(EffectiveSampling sampling) {
    GenerationEngineConfig.Prompting prompting = config.prompting();
    SortedMap<String, String> effective = new TreeMap<>(sampling.effective());
    effective.put("thinking", prompting.thinking().word());
    effective.put("spelled-tokens", prompting.spelled().word());
    effective.put("template-date", prompting.templateDate().toString());
    effective.put("tools", toolsDigest());
    if (checkpoint.decoder().hybrid().isPresent()) {
      effective.put("mamba-dt", config.reading().mambaSteps().word());
    }
    return effective;
  }

  /** Long ones are told apart, not told. */
  private String toolsDigest() {
    List<?> tools = config.prompting().tools();
    return tools.isEmpty()
        ? "none"
        : tools.size() + ", SHA-256 " + Sha256.hex(tools.toString(), TOLD_BYTES);
  }

  private ModelReading reading(EffectiveSampling sampling, List<String> beyond) {
    List<String> notes =
        new ArrayList<>(
            ReadingText.ofDecoder(
                checkpoint, CausalModels.maxTokens(checkpoint.decoder()), beyond));
    if (isCut()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "a prompt and its answer may have %s, of %,d positions: longer rows are not generated",
              shortRows(),
              checkpoint.decoder().maxPositionEmbeddings()));
    }
    notes.addAll(sampling.notes());
    return new ModelReading(
        checkpoint.reading().tokenizer().word(),
        checkpoint.tokenizer().differences(),
        "",
        List.of(),
        notes,
        List.of());
  }
}
