package io.touchstone.spark;

import io.touchstone.conversation.JsonRow;
import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.RowProblem;
import io.touchstone.conversation.RowReader;
import io.touchstone.selection.RowNumbers;
import io.touchstone.selection.formula.NearestName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Looks at the first rows of each file for numbers that a job will ask every row for: a name that
 * none of them has is a slip, to be told before the job and not by each row.
 */
final class NameProbe {

  private static final int ROWS_OF_A_FILE = 100;
  private static final long BYTES_OF_A_FILE = 1 << 20;
  private static final int NAMES_TOLD = 20;

  private final Configuration hadoop;
  private final long maxLineBytes;
  private final Set<String> missing;
  private final Set<String> known = new TreeSet<>();
  private long rows;

  private NameProbe(LinePlan plan, Configuration hadoop, Set<String> asked) {
    this.hadoop = hadoop;
    this.maxLineBytes = plan.config().reading().maxLineBytes();
    this.missing = new TreeSet<>(asked);
  }

  /**
   * @param asked names by the flag that they stand behind
   * @throws InputException with every name that no row has, unless there is no row at all
   */
  static void check(LinePlan plan, Map<String, List<String>> asked, Configuration hadoop) {
    Set<String> names = new TreeSet<>();
    asked.values().forEach(names::addAll);
    NameProbe probe = new NameProbe(plan, hadoop, names);
    for (InputFile file : plan.record().inputs()) {
      if (!probe.missing.isEmpty()) {
        probe.look(file);
      }
    }
    List<String> problems = new ArrayList<>();
    asked.forEach(
        (flag, flagNames) ->
            flagNames.stream()
                .filter(name -> probe.rows > 0 && probe.missing.contains(name))
                .forEach(name -> problems.add(flag + ": " + probe.complaint(name))));
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
  }

  private void look(InputFile file) {
    try (SpillFolder spills = new SpillFolder()) {
      PieceInput input = new PieceInput(hadoop, maxLineBytes, spills);
      try (LineSource lines = input.open(new Piece(0, file, 0, file.bytes()))) {
        look(lines);
      }
    } catch (IOException e) {
      throw new InputException(List.of("[" + file.path() + "] cannot be read: " + e.getMessage()));
    }
  }

  private void look(LineSource lines) throws IOException {
    long bytes = 0;
    for (int i = 0; i < ROWS_OF_A_FILE && bytes < BYTES_OF_A_FILE && !missing.isEmpty(); ) {
      RawLine line = lines.next();
      if (line == null) {
        return;
      }
      if (line instanceof RawLine.Whole whole && !RowReader.isBlank(whole.bytes())) {
        look(whole.bytes());
        bytes += whole.bytes().length;
        i++;
      }
    }
  }

  private void look(byte[] line) {
    try {
      JsonRow row = JsonRow.read(line);
      missing.removeIf(name -> RowNumbers.isNumber(row, name));
      known.addAll(RowNumbers.names(row));
      rows++;
    } catch (RowProblem notARow) {
      // It says nothing of names; when the job reads it, it is rejected with the reason.
    }
  }

  private String complaint(String name) {
    return "expected the name of a number, found "
        + name
        + ", which is none in the first "
        + (rows == 1 ? "row" : rows + " rows")
        + NearestName.of(name, known).map(near -> " (" + near + "?)").orElseGet(this::told);
  }

  private String told() {
    if (known.isEmpty()) {
      return "; they have no numbers";
    }
    List<String> names = known.stream().limit(NAMES_TOLD).toList();
    return "; their numbers are "
        + String.join(", ", names)
        + (known.size() > NAMES_TOLD ? " and " + (known.size() - NAMES_TOLD) + " more" : "");
  }
}
