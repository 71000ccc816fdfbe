package io.touchstone.scoring.prompt;

import io.touchstone.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.OptionalInt;

/** Finds the token that stands behind a step. */
public final class StepTokens {

  /** Steps that end in a digit, a letter, a full stop and another mark. */
  private static final String[] STEPS = {"1", "It is so", "It is so.", "(x)"};

  private StepTokens() {}

  /**
   * The id that the text is behind any step.
   *
   * @return empty if it is not one token, the same behind each, that leaves the step's own as they
   *     are
   */
  public static OptionalInt find(String text, Tokenizer tokenizer) {
    int[] found =
        Arrays.stream(STEPS)
            .mapToInt(step -> behind(tokenizer.encode(step), tokenizer.encode(step + text)))
            .distinct()
            .toArray();
    return found.length == 1 && found[0] >= 0 ? OptionalInt.of(found[0]) : OptionalInt.empty();
  }

  private static int behind(int[] step, int[] marked) {
    boolean isOneMore =
        marked.length == step.length + 1 && Arrays.mismatch(step, marked) == step.length;
    return isOneMore ? marked[step.length] : -1;
  }
}
