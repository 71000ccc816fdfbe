package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Libtorch;
import io.touchstone.engine.weights.StoredWeights;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.ScorerException;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.HuggingFaceTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What could keep the engine from running a sound folder's model, whatever it is for. */
record FolderCheck(Checkpoint checkpoint, Problems problems) {

  /** What another room refuses is a problem like the others. */
  void attempt(Runnable use) {
    try {
      problems.collect(use);
    } catch (IllegalArgumentException | ScorerException | TemplateException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes the tokenizer once, and asks it for the added tokens that the model cannot embed.
   *
   * @param more that is asked of it
   */
  List<String> tokenizer(Consumer<HuggingFaceTokens> more) {
    List<String> beyond = new ArrayList<>();
    attempt(
        () -> {
          try (HuggingFaceTokens tokenizer = HuggingFaceTokens.of(checkpoint.tokenizerJson())) {
            int vocabulary = checkpoint.decoder().vocabSize();
            for (String token : checkpoint.tokenizer().addedTexts()) {
              if (Arrays.stream(tokenizer.encode(token)).anyMatch(id -> id >= vocabulary)) {
                beyond.add(token);
              }
            }
            more.accept(tokenizer);
          }
        });
    return beyond;
  }

  /** The id of an answer's one token; 0 beside a problem. */
  int answerToken(String text, HuggingFaceTokens tokenizer) {
    int[] ids = tokenizer.encode(text);
    if (ids.length == 1 && ids[0] < checkpoint.decoder().vocabSize()) {
      return ids[0];
    }
    problems.add(
        Problem.at("answer token '" + Problem.shown(text) + "'")
            .expected("a text that is one token of the model's")
            .found(
                ids.length == 1
                    ? "token " + ids[0] + ", for which it has no row"
                    : ids.length
                        + " tokens: "
                        + Arrays.stream(ids)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(", "))));
    return 0;
  }

  void tensors() {
    checkpoint.tensors().values().stream()
        .filter(tensor -> tensor.length() > StoredWeights.MOST_BYTES)
        .map(StoredWeights::tooLarge)
        .forEach(problems::add);
  }

  /** A device by its index is this process's own; a scheduler's each executor finds out about. */
  void device(DeviceRule rule) {
    if (rule instanceof DeviceRule.Cuda cuda) {
      attempt(() -> Libtorch.require(new ReplicaDevice.Cuda(cuda.index())));
    }
  }
}
