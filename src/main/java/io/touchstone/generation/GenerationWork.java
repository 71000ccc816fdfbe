package io.touchstone.generation;

import java.io.Serializable;

/**
 * What a model's arithmetic amounts to for each token of an answer, with weights and what is
 * remembered of tokens in bf16, as a GPU would have them.
 *
 * @param weightBytes that a pass reads: the layers' and the head's
 * @param flopPerToken of the linear layers and the head
 * @param bytesPerToken remembered of each token of prompt and answer, and read for each new one
 * @param bytesPerSequence remembered of an answer whatever its length, and read and written for
 *     each new token
 */
public record GenerationWork(
    long weightBytes, double flopPerToken, long bytesPerToken, long bytesPerSequence)
    implements Serializable {

  /** Remembered of a prompt and its answer together. */
  public double bytes(double tokens) {
    return bytesPerSequence + bytesPerToken * tokens;
  }
}
