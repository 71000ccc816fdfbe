package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.Fp8;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.ModelReading;
import io.touchstone.template.AnswerPrompt;
import io.touchstone.template.ChatPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is told of how a folder was understood. */
record ReadingText(Checkpoint checkpoint, EngineConfig config, CausalReward reward) {
  private static final int SHOWN = 5;
  private static final int MOST_OF_QUESTION = 400;

  /** What a reward is called that has no name. */
  static final String REWARD = "reward";

  /**
   * @param beyond added tokens with ids that the model has no embedding for
   */
  ModelReading reading(List<String> beyond) {
    boolean causal = checkpoint.head() instanceof RewardHead.TokenLogit;
    int most = config.maxTokens().orElse(checkpoint.decoder().mostTokens());
    List<String> notes = new ArrayList<>(ofDecoder(checkpoint, most, beyond));
    headNotes(checkpoint, checkpoint.reading().scale(), notes);
    gateNote(config.attributes().size() > 1 || config.attributes().equals(EngineCheck.ALL))
        .ifPresent(notes::add);
    List<String> warnings = new ArrayList<>();
    if (config.asking().isPresent()) {
      warnings.addAll(answerWarnings());
      if (config.question().isAsked()) {
        notes.add("asked behind each answer: " + shown(config.question().text()));
      }
    } else if (config.steps().areJudged()) {
      notes.add(new StepText(config.steps()).cut());
    } else if (causal
        && config.known() == EngineConfig.Known.NOT
        && checkpoint.rewardSign().isEmpty()) {
      warnings.add(
          "nothing says that this is a reward model: neither config.json, nor the folder's"
              + " README.md, nor conf/models. Of a chat model the "
              + logit(config)
              + " means nothing.");
    }
    return new ModelReading(
        config.reading().tokenizer().word(),
        checkpoint.tokenizer().differences(),
        causal ? readOut() : "",
        causal && config.asking().isEmpty() && config.attributes().isEmpty()
            ? List.of(REWARD)
            : List.of(),
        notes,
        warnings);
  }

  /**
   * What is told of a decoder, whatever it is for.
   *
   * @param most tokens of one sequence
   * @param beyond added tokens with ids that the model has no embedding for
   */
  static List<String> ofDecoder(Checkpoint checkpoint, int most, List<String> beyond) {
    List<String> notes = new ArrayList<>();
    if (!beyond.isEmpty()) {
      notes.add(beyond(beyond, checkpoint.decoder().vocabSize()));
    }
    checkpoint
        .adapter()
        .ifPresent(
            adapter ->
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "an adapter of rank %,d is added to %s, %s times",
                        adapter.rank(),
                        adapter.base(),
                        Double.toString(adapter.scale()))));
    checkpoint.fp8().ifPresent(fp8 -> notes.add(quantised(checkpoint, fp8)));
    checkpoint.decoder().mlp().experts().ifPresent(some -> notes.add(experts(checkpoint, some)));
    SlidingWindow window = checkpoint.decoder().window();
    if (window.narrows(most)) {
      notes.add(
          String.format(
              Locale.ROOT,
              "in %,d of its %,d layers a token sees the last %,d, itself among them"
                  + " (sliding_window)",
              window.layers().size(),
              checkpoint.decoder().layers(),
              window.tokens()));
    }
    return notes;
  }

  private static String experts(Checkpoint checkpoint, Experts experts) {
    int layers = checkpoint.decoder().layers();
    long sparse = IntStream.range(0, layers).filter(experts::in).count();
    return String.format(
        Locale.ROOT,
        "in %,d of its %,d layers a token passes %,d of %,d experts, which fp32 chooses",
        sparse,
        layers,
        experts.chosen(),
        experts.count());
  }

  private static String quantised(Checkpoint checkpoint, Fp8 fp8) {
    long matrices =
        checkpoint.tensors().values().stream()
            .filter(tensor -> tensor.dtype() == DType.F8_E4M3)
            .count();
    return String.format(
        Locale.ROOT,
        "weights-only FP8 (%s): %,d matrices are multiplied by their scales, activations are not"
            + " quantised",
        fp8.method(),
        matrices);
  }

  /** The call's own text, in one line. */
  private static String shown(String question) {
    String line = question.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > MOST_OF_QUESTION ? line.substring(0, MOST_OF_QUESTION) + "…" : line;
  }

  private String readOut() {
    if (config.steps().areJudged() && reward instanceof CausalReward.OfPair pair) {
      return new StepText(config.steps()).readOut(pair);
    }
    if (!(reward instanceof CausalReward.OfPair pair) || config.asking().isEmpty()) {
      return logit(config) + " at the last position, as NVIDIA's Reward models";
    }
    Asking asking = config.asking().get();
    String difference =
        String.format(
            Locale.ROOT,
            "logit of '%s' (token %d) less that of '%s' (token %d) as an answer's first token",
            Problem.shown(asking.wanted()),
            pair.wanted(),
            Problem.shown(asking.unwanted()),
            pair.unwanted());
    return switch (asking.scale()) {
      case DIFFERENCE -> difference;
      case PROBABILITY -> "logistic of the " + difference;
    };
  }

  private List<String> answerWarnings() {
    if (!(EngineScorerFactory.promptFormat(checkpoint, config.prompt(), config.templateDate())
        instanceof ChatPrompt chat)) {
      return List.of();
    }
    return switch (new AnswerPrompt(chat).ending()) {
      case ANSWER -> List.of();
      case NONE ->
          List.of(
              "the chat template has no generation prompt: the answer is read behind the last"
                  + " turn's own end.");
      case THOUGHT ->
          List.of(
              "the chat template begins a thought in front of an answer, also with"
                  + " enable_thinking=false: what is read is the thought's first token.");
    };
  }

  private static void headNotes(Checkpoint checkpoint, RewardScale scale, List<String> notes) {
    if (!(checkpoint.head() instanceof RewardHead.Classifier head)) {
      return;
    }
    head.appendedToken()
        .ifPresent(
            token ->
                notes.add("read at token " + token + ", put behind each conversation for that"));
    HeadLayer last = head.layers().get(head.layers().size() - 1);
    if (last.bias() == HeadLayer.Bias.IF_STORED) {
      last.bias(checkpoint.tensors().keySet())
          .ifPresent(
              bias -> notes.add(bias + " is added; transformers' own class would leave it out"));
    }
    head.normalization()
        .ifPresent(
            by ->
                notes.add(
                    scale == RewardScale.NORMALIZED
                        ? "rewards are less config.json's mean "
                            + by.mean()
                            + ", over its std "
                            + by.std()
                        : "rewards are raw; --normalize-reward takes config.json's mean "
                            + by.mean()
                            + " off them and divides by its std "
                            + by.std()));
  }

  /**
   * @param all whether objectives are given too
   */
  private Optional<String> gateNote(boolean all) {
    if (!(checkpoint.head() instanceof RewardHead.Classifier head) || head.gate().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            all
                ? "score is what a gate makes of the %,d objectives behind it, by what was asked"
                : "the reward is the score that a gate makes of %,d objectives, by what was asked;"
                    + " --attributes all gives these too",
            head.outputs()));
  }

  private static String logit(EngineConfig config) {
    return "logit of token " + config.rewardToken();
  }

  static String beyond(List<String> tokens, int vocabulary) {
    StringBuilder told = new StringBuilder();
    for (String token : tokens.subList(0, Math.min(SHOWN, tokens.size()))) {
      told.append(told.isEmpty() ? "" : ", ").append(Problem.shown(token));
    }
    if (tokens.size() > SHOWN) {
      told.append(String.format(Locale.ROOT, " and %,d more", tokens.size() - SHOWN));
    }
    return String.format(
        Locale.ROOT,
        "%,d added %s no row among the model's %,d embeddings, and rows with %s are rejected: %s",
        tokens.size(),
        tokens.size() == 1 ? "token has" : "tokens have",
        vocabulary,
        tokens.size() == 1 ? "it" : "one",
        told);
  }
}
