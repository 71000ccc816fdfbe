package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.HeadLayer;
import io.touchstone.checkpoint.config.Normalization;
import io.touchstone.checkpoint.config.RewardHead;
import java.util.Optional;
import java.util.Set;

/**
 * What of a checkpoint becomes the reward, from the normed state of the token that is read on.
 *
 * @param inner matrix and bias of a layer in front, with ReLU behind it
 * @param tensor whose rows are read
 * @param less what is taken off the row
 * @param bias of those rows
 * @param normalization of what comes of it
 * @param logits what becomes of each row's product before it is read, if anything does
 */
public record HeadParts(
    Optional<Inner> inner,
    String tensor,
    int firstRow,
    int rows,
    Optional<Less> less,
    Optional<String> bias,
    Optional<Normalization> normalization,
    Optional<Factors> logits) {

  record Inner(String weight, Optional<String> bias) {}

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
    HeadLayer last = head.layers().get(head.layers().size() - 1);
    return new HeadParts(
        head.layers().size() == 1
            ? Optional.empty()
            : Optional.of(
                new Inner(head.layers().get(0).weight(stored), head.layers().get(0).bias(stored))),
        last.weight(stored),
        0,
        head.outputs(),
        Optional.empty(),
        last.bias(stored),
        checkpoint.reading().scale() == RewardScale.NORMALIZED
            ? head.normalization()
            : Optional.empty(),
        Optional.empty());
  }

  private static HeadParts ofToken(String tensor, int token, Optional<Less> less, Factors factors) {
    return new HeadParts(
        Optional.empty(),
        tensor,
        token,
        1,
        less,
        Optional.empty(),
        Optional.empty(),
        Optional.of(factors).filter(some -> !some.leaveLogits()));
  }

  /** What a score depends on of it, told. */
  @Override
  public String toString() {
    StringBuilder told = new StringBuilder();
    inner.ifPresent(layer -> told.append(layer.weight).append(", ReLU, "));
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
    return told.toString();
  }
}
