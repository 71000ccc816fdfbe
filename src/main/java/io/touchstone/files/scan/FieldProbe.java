package io.touchstone.files.scan;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.FirstRows;
import io.touchstone.files.read.InputFile;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Looks at the first rows of each file for fields that a job would overwrite. */
public final class FieldProbe {

  private FieldProbe() {}

  /**
   * Names of fields that any of the first rows has, of those that a job must not find.
   *
   * @param unwanted those that a row has
   * @throws Refused if a file cannot be read
   */
  public static Set<String> found(
      NameProbe.ProbedFiles among, Function<JsonRow, ? extends Collection<String>> unwanted) {
    Set<String> found = new TreeSet<>();
    for (InputFile file : among.files()) {
      try (FirstRows first = FirstRows.of(file, among.maxLineBytes(), among.hadoop())) {
        for (byte[] line = first.next(); line != null; line = first.next()) {
          found.addAll(unwanted(line, file, among, unwanted));
        }
      } catch (IOException e) {
        throw Refused.because("[" + file.path() + "] cannot be read: " + e.getMessage());
      }
    }
    return found;
  }

  private static Collection<String> unwanted(
      byte[] line,
      InputFile file,
      NameProbe.ProbedFiles among,
      Function<JsonRow, ? extends Collection<String>> unwanted) {
    try {
      return unwanted.apply(JsonRow.read(among.as().of(line, file)));
    } catch (RowProblem notARow) {
      // When the job reads it, it is rejected with the reason.
      return Set.of();
    }
  }
}
