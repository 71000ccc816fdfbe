package io.touchstone.checkpoint.config;

/**
 * Numbers by which a decoder differs from one that takes everything as it comes.
 *
 * @param embeddings what rows of the embedding are multiplied by
 * @param residual what a branch is multiplied by before it is added to the residual stream
 * @param logitDivisor what logits of tokens are divided by
 * @param logitCap c of {@code c * tanh(logit / c)}, of tokens only; 0 where they stay as they are
 */
public record Factors(double embeddings, double residual, double logitDivisor, double logitCap) {
  public static final Factors NONE = new Factors(1, 1, 1, 0);

  /** A token's logit from the product with its row. */
  public double logit(double product) {
    double logit = product / logitDivisor;
    return logitCap > 0 ? Math.tanh(logit / logitCap) * logitCap : logit;
  }

  /** Whether logits are the products as they are. */
  public boolean leaveLogits() {
    return logitDivisor == 1 && logitCap == 0;
  }
}
