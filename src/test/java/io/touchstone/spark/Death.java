package io.touchstone.spark;

import io.touchstone.files.commit.CommitStep;
import java.util.function.Consumer;

/** The end of a job that lives in a test's own process. */
public final class Death extends Error {

  private static final long serialVersionUID = 1L;

  private Death(CommitStep step) {
    super("died when " + step + " was reached");
  }

  public static Consumer<CommitStep> at(CommitStep deadly) {
    return step -> {
      if (step == deadly) {
        throw new Death(step);
      }
    };
  }
}
