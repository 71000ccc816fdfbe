package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.PrincipleColumns;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.line.Row;
import io.touchstone.files.read.FirstRows;
import io.touchstone.files.read.InputFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Whether rows bring the principles that a call leaves to them. */
final class OwnPrinciples {

  private OwnPrinciples() {}

  /**
   * Reads each file up to the first row that has one; a row that has none is rejected later.
   *
   * @throws io.touchstone.problem.Refused if there are rows, and none of the first ones has any
   */
  static void check(AnnotateConfig config, List<InputFile> files, Configuration hadoop) {
    if (config.rules().principles() != PrincipleColumns.REQUIRED) {
      return;
    }
    Problems problems = new Problems();
    boolean seen = false;
    for (InputFile file : files) {
      Optional<Boolean> brings =
          problems.isEmpty() ? brings(config, file, problems, hadoop) : Optional.empty();
      if (brings.orElse(false)) {
        return;
      }
      seen |= brings.isPresent();
    }
    if (seen && problems.isEmpty()) {
      problems.add(
          Problem.at("--principle")
              .expected(
                  "a text for {principle} of --ask or --judge, or rows with a field principle or"
                      + " principles")
              .found("neither"));
    }
    problems.refuseIfAny();
  }

  /** Empty if the file shows no row at all. */
  private static Optional<Boolean> brings(
      AnnotateConfig config, InputFile file, Problems problems, Configuration hadoop) {
    RowFormat format = file.format();
    if (format == null) {
      return Optional.empty();
    }
    RowReader reader =
        new RowReader(format, config.rules().with(PrincipleColumns.READ), ScoreFields.OWN);
    boolean seen = false;
    try (FirstRows rows = FirstRows.of(file, config.reading().maxLineBytes(), hadoop)) {
      for (byte[] line = rows.next(); line != null; line = rows.next()) {
        if (reader.read(line) instanceof Row row) {
          seen = true;
          if (row.principles().isPresent()) {
            return Optional.of(true);
          }
        }
      }
    } catch (IOException e) {
      problems.add("[" + file.path() + "] cannot be read: " + e.getMessage());
    }
    return seen ? Optional.of(false) : Optional.empty();
  }
}
