package io.touchstone.scoring;

import java.io.Serializable;

/**
 * The floating-point operations that a decoder's matrix products need; norms, softmax and the few
 * rows of the head that are read count nothing.
 *
 * <p>In the last layer all tokens need their key and value, and all else only the read-outs.
 *
 * @param perToken of the linear layers, for each computed token
 * @param perReadOut of the linear layers, for each read-out more
 * @param perPair of attention, for each computed token and each token it looks at
 * @param perReadOutPair of attention, for each read-out and each token it looks at, more
 * @param weightBytes of the layers' matrices in bf16
 */
public record ModelWork(
    double perToken, double perReadOut, double perPair, double perReadOutPair, long weightBytes)
    implements Serializable {

  public double linear(double tokens, double readOuts) {
    return perToken * tokens + perReadOut * readOuts;
  }

  /**
   * @param pairs tokens that the computed tokens look at, each one's own among them
   * @param readOutPairs those of the read-outs
   */
  public double attention(double pairs, double readOutPairs) {
    return perPair * pairs + perReadOutPair * readOutPairs;
  }
}
