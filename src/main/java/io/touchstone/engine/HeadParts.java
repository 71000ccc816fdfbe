package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.Normalization;
import io.touchstone.checkpoint.config.RewardHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a checkpoint becomes the reward, from the normed state of the token that is read on.
 *
 * @param inner matrices and biases of layers in front, with ReLU behind each
 * @param tensor whose rows are read
 * @param less what is taken off the row
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
    Optional<Less> less,
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
   * Another row of the tensor, and what becomes of the difference.
   *
   * @param row its number
   */
  record Less(int row, AnswerScale scale) {}

  /**
   * @param causal what is read of a causal model
   */
  public static HeadParts of(Checkpoint checkpoint, CausalReward causal) {
    if (checkpoint.head() instanceof RewardHead.TokenLogit logit) {
      Factors factors = checkpoint.decoder().factors();
      return causal instanceof CausalReward.OfPair pair
          ? ofToken(
              logit.tensor(),
              pair.wanted(),
              Optional.of(new Less(pair.unwanted(), pair.scale())),
              factors)
          : ofToken(
              logit.tensor(), ((CausalReward.OfToken) causal).token(), Optional.empty(), factors);
    }
    RewardHead.Classifier head = (RewardHead.Classifier) checkpoint.head();
    Set<String> stored = checkpoint.tensors().keySet();
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
        Optional.empty(),
        last.bias(stored),
        normalization,
        Optional.empty(),
        gated);
  }

  /** The same, giving also what the score is made of. */
  HeadParts givingAll() {
    return new HeadParts(
        inner,
        tensor,
        firstRow,
        rows,
        less,
        bias,
        normalization,
        logits,
        gated.map(of -> new Gated(of.tensor, of.rows, of.temperature, GatedScore.Given.ALL)));
  }

  private static HeadParts ofToken(String tensor, int token, Optional<Less> less, Factors factors) {
    return new HeadParts(
        List.of(),
        tensor,
        token,
        1,
        less,
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
        other -> {
          told.append(" less [").append(other.row).append(':').append(other.row + 1).append(']');
          told.append(other.scale == AnswerScale.PROBABILITY ? ", logistic" : "");
        });
    bias.ifPresent(vector -> told.append(" + ").append(vector));
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
