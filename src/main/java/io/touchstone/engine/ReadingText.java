package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.ModelReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told of how a folder was understood. */
final class ReadingText {
  private static final int SHOWN = 5;

  private ReadingText() {}

  /**
   * @param beyond added tokens with ids that the model has no embedding for
   */
  static ModelReading of(Checkpoint checkpoint, EngineConfig config, List<String> beyond) {
    boolean causal = checkpoint.head() instanceof RewardHead.TokenLogit;
    int most = config.maxTokens().orElse(checkpoint.decoder().mostTokens());
    List<String> notes = new ArrayList<>(ofDecoder(checkpoint, most, beyond));
    headNotes(checkpoint, checkpoint.reading().scale(), notes);
    List<String> warnings = new ArrayList<>();
    if (causal && config.known() == EngineConfig.Known.NOT && checkpoint.rewardSign().isEmpty()) {
      warnings.add(
          "nothing says that this is a reward model: neither config.json, nor the folder's"
              + " README.md, nor conf/models. Of a chat model the "
              + logit(config)
              + " means nothing.");
    }
    return new ModelReading(
        config.reading().tokenizer().word(),
        checkpoint.tokenizer().differences(),
        causal ? logit(config) + " at the last position, as NVIDIA's Reward models" : "",
        causal && config.attributes().isEmpty() ? List.of("reward") : List.of(),
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

  private static void headNotes(Checkpoint checkpoint, RewardScale scale, List<String> notes) {
    if (!(checkpoint.head() instanceof RewardHead.Classifier head)) {
      return;
    }
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

  private static String logit(EngineConfig config) {
    return "logit of token " + config.rewardToken();
  }

  private static String beyond(List<String> tokens, int vocabulary) {
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
