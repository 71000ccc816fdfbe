package io.touchstone.files.read;

import java.io.IOException;

/** An input is not what it was when the job was planned; the message names it, and what to do. */
public final class ChangedInputException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param changes a line for each file
   */
  ChangedInputException(String changes) {
    super(
        changes
            + ": an input must stay as it is until the job has ended; put it back as it was, its time"
            + " too, and the same command goes on, or begin anew in another folder with a copy that nobody"
            + " writes to");
  }
}
