package io.touchstone.files.scan;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.FirstRows;
import io.touchstone.files.read.InputFile;
import io.touchstone.problem.NearestName;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.selection.NameSense;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first rows of each file for what a job will ask every row for: a name that none of
 * them has is a slip, to be told before the job and not by each row.
 */
public final class NameProbe {

  private static final int NAMES_TOLD = 20;

  private final ProbedFiles among;
  private final NameSense sense;
  private final Set<String> missing;
  private final Set<String> known = new TreeSet<>();
  private long rows;
  private long others;
  private @Nullable String firstOther;

  private NameProbe(ProbedFiles among, NameSense sense, Set<String> asked) {
    this.among = among;
    this.sense = sense;
    this.missing = new TreeSet<>(asked);
  }

  /**
   * Where to look.
   *
   * @param as what lines become before the job looks at them
   */
  public record ProbedFiles(
      List<InputFile> files, long maxLineBytes, Configuration hadoop, LineChange as) {

    /** Files whose lines are looked at as they are. */
    public ProbedFiles(List<InputFile> files, long maxLineBytes, Configuration hadoop) {
      this(files, maxLineBytes, hadoop, (line, file) -> line);
    }

    /** The same files, whose lines become something else first. */
    public ProbedFiles as(LineChange change) {
      return new ProbedFiles(files, maxLineBytes, hadoop, change);
    }
  }

  /** Makes a line of another. */
  @FunctionalInterface
  public interface LineChange {

    /**
     * @throws RowProblem if the line is no row
     */
    byte[] of(byte[] line, InputFile file);
  }

  /**
   * @param asked names by the flag that they stand behind
   * @throws Refused with every name that no row has, or if no line is a row; empty files are fine
   */
  public static void check(ProbedFiles among, NameSense sense, Map<String, List<String>> asked) {
    Set<String> names = new TreeSet<>();
    asked.values().forEach(names::addAll);
    NameProbe probe = new NameProbe(among, sense, names);
    for (InputFile file : among.files) {
      if (!probe.missing.isEmpty()) {
        probe.look(file);
      }
    }
    if (probe.rows == 0 && probe.firstOther != null) {
      throw Refused.because(
          Problem.at("input")
              .expected("rows with " + sense.plural())
              .found(
                  "none in the first "
                      + (probe.others == 1 ? "line" : probe.others + " lines")
                      + "; the first: "
                      + probe.firstOther));
    }
    List<String> problems = new ArrayList<>();
    asked.forEach(
        (flag, flagNames) ->
            flagNames.stream()
                .filter(name -> probe.rows > 0 && probe.missing.contains(name))
                .forEach(
                    name ->
                        problems.add(
                            Problem.at(flag)
                                .expected(sense.expected())
                                .found(probe.unknown(name)))));
    Refused.ifAny(problems);
  }

  private void look(InputFile file) {
    try (FirstRows first = FirstRows.of(file, among.maxLineBytes, among.hadoop)) {
      while (!missing.isEmpty()) {
        byte[] row = first.next();
        if (row == null) {
          return;
        }
        look(row, file);
      }
    } catch (IOException e) {
      throw Refused.because("[" + file.path() + "] cannot be read: " + e.getMessage());
    }
  }

  private void look(byte[] line, InputFile file) {
    try {
      JsonRow row = JsonRow.read(among.as.of(line, file));
      known.addAll(sense.names().apply(row));
      missing.removeIf(name -> sense.known().test(row, name));
      rows++;
    } catch (RowProblem notARow) {
      // It says nothing of names; when the job reads it, it is rejected with the reason.
      others++;
      firstOther = firstOther == null ? notARow.row().reason() : firstOther;
    }
  }

  private String unknown(String name) {
    return name
        + ", which is none in the first "
        + (rows == 1 ? "row" : rows + " rows")
        + near(name).map(near -> " (" + near + "?)").orElseGet(this::told);
  }

  /** None for an object's name: whoever typed it has to choose among its members. */
  private Optional<String> near(String name) {
    return known.stream().anyMatch(each -> each.startsWith(name + "."))
        ? Optional.empty()
        : NearestName.of(name, known);
  }

  private String told() {
    if (known.isEmpty()) {
      return "; they have no " + sense.plural();
    }
    List<String> names = known.stream().limit(NAMES_TOLD).toList();
    return "; their "
        + sense.plural()
        + " are "
        + String.join(", ", names)
        + (known.size() > NAMES_TOLD ? " and " + (known.size() - NAMES_TOLD) + " more" : "");
  }
}
