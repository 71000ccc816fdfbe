package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.Normalization;
import io.touchstone.checkpoint.config.RewardHead;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What of a checkpoint becomes the reward, from the normed state of the token that is read on.
 *
 * @param inner matrices and biases of layers in front, with ReLU behind each
 * @param tensor whose rows are read
 * @param less another row of the tensor, whose product is taken off the row's
 * @param scale of what is left, or of the row's product where nothing is taken off
 * @param bias of those rows
 * @param normalization of what comes of it
 * @param logits what becomes of each row's product before it is read, if anything does
 * @param gated objectives that are read from the state itself, where what is read above weighs them
 */
public record HeadParts(
    List<Inner> inner,
    String tensor,
    int firstRow,
    int rows,
    OptionalInt less,
    AnswerScale scale,
    Optional<String> bias,
    Optional<Normalization> normalization,
    Optional<Factors> logits,
    Optional<Gated> gated) {

  /** A layer: its matrix, and its bias. */
  record Inner(String weight, Optional<String> bias) {}

  /**
   * The matrix of a gated model's objectives.
   *
   * @param rows one for each objective
   * @param temperature of the gate
   * @param given what a prompt's values are
   */
  record Gated(String tensor, int rows, double temperature, GatedScore.Given given) {}

  /**
   * @param causal what is read of a causal model
   */
  public static HeadParts of(Checkpoint checkpoint, CausalReward causal) {
    if (checkpoint.head() instanceof RewardHead.TokenLogit logit) {
      Factors factors = checkpoint.decoder().factors();
      return causal instanceof CausalReward.OfPair pair
          ? ofToken(
              logit.tensor(), pair.wanted(), OptionalInt.of(pair.unwanted()), pair.scale(), factors)
          : ofToken(
              logit.tensor(),
              ((CausalReward.OfToken) causal).token(),
              OptionalInt.empty(),
              AnswerScale.DIFFERENCE,
              factors);
    }
    RewardHead.Classifier head = (RewardHead.Classifier) checkpoint.head();
    Set<String> stored = checkpoint.tensors().keySet();
    if (head.isOfSteps()) {
      return ofSteps(head, stored);
    }
    return head.gate()
        .map(
            gate ->
                ofLayers(
                    gate.layers(),
                    stored,
                    Optional.empty(),
                    Optional.of(
                        new Gated(
                            head.layers().get(0).weight(stored),
                            head.outputs(),
                            gate.temperature(),
                            GatedScore.Given.SCORE))))
        .orElseGet(
            () ->
                ofLayers(
                    head.layers(),
                    stored,
                    checkpoint.reading().scale() == RewardScale.NORMALIZED
                        ? head.normalization()
                        : Optional.empty(),
                    Optional.empty()));
  }

  private static HeadParts ofLayers(
      List<HeadLayer> layers,
      Set<String> stored,
      Optional<Normalization> normalization,
      Optional<Gated> gated) {
    HeadLayer last = layers.get(layers.size() - 1);
    return new HeadParts(
        layers.subList(0, layers.size() - 1).stream()
            .map(layer -> new Inner(layer.weight(stored), layer.bias(stored)))
            .toList(),
        last.weight(stored),
        0,
        last.outputs(),
        OptionalInt.empty(),
        AnswerScale.DIFFERENCE,
        last.bias(stored),
        normalization,
        Optional.empty(),
        gated);
  }

  /** Of two outputs their softmax's second, which is the logistic of their difference. */
  private static HeadParts ofSteps(RewardHead.Classifier head, Set<String> stored) {
    HeadParts all = ofLayers(head.layers(), stored, Optional.empty(), Optional.empty());
    boolean two = head.outputs() == 2;
    return new HeadParts(
        all.inner,
        all.tensor,
        two ? 1 : 0,
        1,
        two ? OptionalInt.of(0) : OptionalInt.empty(),
        AnswerScale.PROBABILITY,
        all.bias,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, giving also what the score is made of. */
  HeadParts givingAll() {
    return new HeadParts(
        inner,
        tensor,
        firstRow,
        rows,
        less,
        scale,
        bias,
        normalization,
        logits,
        gated.map(of -> new Gated(of.tensor, of.rows, of.temperature, GatedScore.Given.ALL)));
  }

  private static HeadParts ofToken(
      String tensor, int token, OptionalInt less, AnswerScale scale, Factors factors) {
    return new HeadParts(
        List.of(),
        tensor,
        token,
        1,
        less,
        scale,
        Optional.empty(),
        Optional.empty(),
        Optional.of(factors).filter(some -> !some.leaveLogits()),
        Optional.empty());
  }

  /** What a score depends on of it, told. */
  @Override
  public String toString() {
    StringBuilder told = new StringBuilder();
    inner.forEach(layer -> told.append(layer.weight).append(", ReLU, "));
    told.append(tensor).append('[').append(firstRow).append(':').append(firstRow + rows);
    told.append(']');
    logits.ifPresent(
        factors -> {
          told.append(factors.logitDivisor() == 1 ? "" : " over " + factors.logitDivisor());
          told.append(factors.logitCap() == 0 ? "" : ", capped at " + factors.logitCap());
        });
    less.ifPresent(
        row -> told.append(" less [").append(row).append(':').append(row + 1).append(']'));
    bias.ifPresent(vector -> told.append(" + ").append(vector));
    told.append(scale == AnswerScale.PROBABILITY ? ", logistic" : "");
    normalization.ifPresent(
        by -> told.append(", less ").append(by.mean()).append(", over ").append(by.std()));
    gated.ifPresent(
        of ->
            told.append(", softmax over ")
                .append(of.temperature)
                .append(", weighs ")
                .append(of.tensor)
                .append(of.given == GatedScore.Given.ALL ? ", which is given too" : ""));
    return told.toString();
  }
}
