package io.touchstone.ledger;

import io.touchstone.problem.Problem;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** A file of a ledger is not what was once written. */
public final class DamagedLedgerException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedLedgerException(Path file, long offset, String what) {
    super(
        Problem.in(file).field("byte offset " + offset).place()
            + what
            + "; the file is damaged: delete it, and its scores are computed again");
  }
}
