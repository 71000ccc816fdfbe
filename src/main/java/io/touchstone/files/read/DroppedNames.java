package io.touchstone.files.read;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.problem.Problem;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** Names of fields that are to be left out, of which those that no file has are mistakes. */
final class DroppedNames {

  private final SortedSet<String> unseen;

  DroppedNames(Set<String> dropped) {
    this.unseen = new TreeSet<>(dropped);
  }

  void foundIn(Set<String> names) {
    unseen.removeAll(names);
  }

  /** Looks for them in a file's first rows. */
  void lookInto(InputFile file, long maxLineBytes, Configuration hadoop) throws IOException {
    if (unseen.isEmpty()) {
      return;
    }
    InputFile whole =
        new InputFile(file.path(), file.kind(), file.bytes(), file.modifiedMillis(), file.format());
    try (FirstRows rows = FirstRows.of(whole, maxLineBytes, hadoop)) {
      for (byte[] row = rows.next(); row != null && !unseen.isEmpty(); row = rows.next()) {
        try {
          foundIn(JsonRow.read(row).names());
        } catch (RowProblem noRow) {
          // It is rejected, with its reason, when the job reads it.
          continue;
        }
      }
    }
  }

  /** What is wrong, once all files were looked into. */
  Optional<String> problem() {
    return unseen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Problem.at("--drop-columns")
                .expected("names that the first rows of a file have")
                .found(String.join(", ", unseen) + " in none"));
  }
}
