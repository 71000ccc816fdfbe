package io.touchstone.spark.frame;

import io.touchstone.cli.job.RowScoring;
import io.touchstone.conversation.format.Detection;
import io.touchstone.conversation.format.FieldMap;
import io.touchstone.conversation.format.FormatDetector;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.PrincipleColumns;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.jobs.annotate.ScorableFormats;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/** Finds what the rows of a frame are by its columns alone, as no row of it has been computed. */
final class FrameFormat {

  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

  /** Paths to later elements of lists are tried on rows alone. */
  private static final int MOST_ELEMENTS = 50;

  private static final List<String> OWN_PRINCIPLES = List.of("principle", "principles");

  private final StructType columns;
  private final RowScoring scoring;

  private FrameFormat(StructType columns, RowScoring scoring) {
    this.columns = columns;
    this.scoring = scoring;
  }

  /**
   * The format that was asked for, or the only one that the columns fit.
   *
   * @throws Refused if there is none, or rows of it cannot be scored as was asked
   */
  static RowFormat of(StructType columns, RowScoring scoring) {
    FrameFormat frame = new FrameFormat(columns, scoring);
    frame.refuseTwice();
    if (scoring.config().format().filter(FormatTable.EDITS::equals).isPresent()) {
      throw Refused.because(
          Problem.at("--format")
              .expected("a format whose rows stay as they are beside their scores")
              .found("edits, which jobs/annotate writes"));
    }
    RowFormat format = scoring.config().format().orElseGet(frame::detected);
    ScorableFormats.check(scoring.config(), scoring.scorers().model(), List.of(format));
    frame.refuseOwnPrinciples(format);
    frame.refuseLacking(format);
    return format;
  }

  private void refuseTwice() {
    Set<String> seen = new LinkedHashSet<>();
    Refused.ifAny(
        Arrays.stream(columns.fieldNames())
            .filter(name -> !seen.add(name))
            .distinct()
            .map(name -> Problem.at("columns").expected("each name once").found(name + " twice"))
            .toList());
  }

  private RowFormat detected() {
    Detection detection = FormatDetector.detect(List.of(example(1)));
    if (detection instanceof Detection.Detected found) {
      return found.format();
    }
    throw Refused.because("columns: " + ((Detection.Undetected) detection).message());
  }

  /** Where the columns tell of all rows that they lack what is read of them. */
  private void refuseLacking(RowFormat format) {
    int elements = elements(format.map());
    if (!holdsKnownValues() || elements > MOST_ELEMENTS) {
      return;
    }
    byte[] example = example(elements);
    Refused.ifAny(
        format.map().lacking(List.of(example)).stream()
            .map(problem -> "--map: " + problem)
            .toList());
    RowReader reader =
        new RowReader(format, scoring.config().rules(), scoring.config().writing().fields());
    if (reader.read(example) instanceof MalformedRow bad
        && bad.kind().equals(Malformation.MISSING_FIELD.word())) {
      throw Refused.because(
          Problem.at("--format")
              .expected("columns that " + format.word() + " rows have")
              .found(
                  String.join(", ", columns.fieldNames())
                      + "; of such a row is told "
                      + bad.reason()));
    }
  }

  /** Whether the types of the columns tell all names that there can be. */
  private boolean holdsKnownValues() {
    String types = columns.simpleString();
    return Stream.of("variant", "map<", "void").noneMatch(types::contains);
  }

  /** How long the lists of an example must be for the paths that count their elements. */
  private static int elements(FieldMap map) {
    int most = 1;
    for (Matcher index = INDEX.matcher(map.toString()); index.find(); ) {
      most = Math.max(most, Integer.parseInt(index.group(1)) + 1);
    }
    return most;
  }

  private byte[] example(int elements) {
    return new RowJson(columns).example(elements);
  }

  private void refuseOwnPrinciples(RowFormat format) {
    PrincipleColumns principles = scoring.config().rules().principles();
    if (principles == PrincipleColumns.UNREAD) {
      return;
    }
    List<String> brought =
        OWN_PRINCIPLES.stream()
            .filter(
                name ->
                    format.map().paths().containsKey(name)
                        ? !format.map().paths().get(name).isEmpty()
                        : List.of(columns.fieldNames()).contains(name))
            .toList();
    if (!brought.isEmpty()) {
      throw Refused.because(
          Problem.at("--principle")
              .expected(
                  "principles of the call, as a column of rewards has one type for all rows (with"
                      + " --format, --map "
                      + brought.get(0)
                      + "= leaves the column unread)")
              .found("the column " + brought.get(0)));
    }
    if (principles == PrincipleColumns.REQUIRED) {
      throw Refused.because(
          Problem.at("--principle")
              .expected("a text for {principle} of --ask or --judge")
              .found("none"));
    }
  }
}
