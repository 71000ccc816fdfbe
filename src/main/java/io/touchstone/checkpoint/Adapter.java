package io.touchstone.checkpoint;

import java.nio.file.Path;

/**
 * A low-rank adapter that is added to a model's matrices: {@code W + scale * B * A} (LoRA, arXiv
 * 2106.09685), as peft 0.21 applies it.
 *
 * @param base the folder of the model under it
 * @param rank of the products: A is [rank, inputs], B [outputs, rank]
 * @param scale {@code alpha / rank}, or with rsLoRA {@code alpha / sqrt(rank)}
 * @param task {@code SEQ_CLS}, {@code CAUSAL_LM}
 */
public record Adapter(Path base, int rank, double scale, Task task) {

  /** What it was trained for, as peft names it. */
  public enum Task {
    /** A reward: the score is among its tensors. */
    SEQ_CLS,
    /** Texts: the model keeps its own head. */
    CAUSAL_LM
  }

  private static final String MATRIX = ".weight";

  /** Whether a tensor's name is that of a matrix. */
  static boolean isMatrix(String tensor) {
    return tensor.endsWith(MATRIX);
  }

  /** The name of the A that belongs to a matrix. */
  public static String a(String matrix) {
    return part(matrix, "lora_A");
  }

  /** The name of the B that belongs to a matrix. */
  public static String b(String matrix) {
    return part(matrix, "lora_B");
  }

  private static String part(String matrix, String name) {
    return matrix.substring(0, matrix.length() - MATRIX.length()) + "." + name + MATRIX;
  }
}
