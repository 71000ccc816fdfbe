package io.touchstone.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A folder that cannot be used, with everything that is wrong with it. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> problems;

  public CheckpointException(Path folder, List<String> problems) {
    super(
        "%s: %d problem%s\n%s"
            .formatted(
                folder,
                problems.size(),
                problems.size() == 1 ? "" : "s",
                String.join("\n", problems)));
    this.problems = new ArrayList<>(problems);
  }

  /** Each names its file, what was expected there and what was found. */
  public List<String> problems() {
    return Collections.unmodifiableList(problems);
  }
}
