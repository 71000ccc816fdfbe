package io.touchstone.selection.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report's page shows; {@code report.json} is this.
 *
 * @param against null without an older result
 * @param notes what a reader has to know before trusting a figure
 * @param exactness what the figures are made from
 * @param answers what {@code generate} tells of the rows; null where it has not made them
 * @param rows that were read here
 * @param responses that they have scores for
 * @param rejected the folder in which lines and reasons lie
 * @param maxDrift null where no limit was set
 * @param largestDrift the largest population stability index of all columns; null without an older
 *     result
 * @param beyond the columns that drifted further than was allowed
 * @param agreement between each two of the columns
 * @param improvement what edits have made of the rows; null where there are none
 * @param nights what other nights show beside this one; null where none were asked for
 */
public record Report(
    String program,
    String result,
    @Nullable String against,
    List<String> notes,
    String exactness,
    RunFigures run,
    @Nullable AnswerFigures answers,
    long rows,
    long responses,
    String rejected,
    List<Rejections> rejections,
    Map<String, ColumnFigures> columns,
    @Nullable DriftLimit maxDrift,
    @Nullable Double largestDrift,
    List<String> beyond,
    List<PairAgreement> agreement,
    @Nullable Improvement improvement,
    @Nullable Nights nights) {

  /**
   * Nights that were drawn, this one among them.
   *
   * @param folder in which their reports lie
   * @param otherwise how many were made by another model, or with other settings
   * @param leftOut other nights, which were not drawn
   * @param from the first date
   * @param to the last date
   * @param drift what has become of each column since the first night of this model
   * @param skipped files of their names that are no reports on scores
   */
  public record Nights(
      String folder,
      int nights,
      int otherwise,
      int leftOut,
      String from,
      String to,
      List<String> drift,
      List<SkippedReport> skipped) {}

  /** A file that is no report of a night, and why. */
  public record SkippedReport(String file, String reason) {}

  /**
   * What surrounds the rows.
   *
   * @param notes what reading the results has brought up
   * @param answers of the rows that {@code generate} has made
   */
  public record Frame(
      String program,
      String result,
      @Nullable String against,
      List<String> notes,
      RunFigures run,
      Optional<AnswerFigures> answers,
      String rejected,
      List<Rejections> rejections,
      Optional<DriftLimit> maxDrift) {}

  /** Of rows that were generated and not scored yet. */
  public static Report ofAnswers(Frame frame, AnswerFigures answers) {
    return new Report(
        frame.program,
        frame.result,
        frame.against,
        frame.notes,
        answers.whole()
            ? "Every figure is of all answers."
            : "Counts, shares, means and the longest are of all answers. Quantiles and the picture are of"
                + " an even sample of 200,000.",
        frame.run,
        answers,
        answers.rows(),
        answers.answers(),
        frame.rejected,
        frame.rejections,
        Map.of(),
        null,
        null,
        List.of(),
        List.of(),
        null,
        null);
  }

  /**
   * @param newer has at least one row
   * @param older has at least one row
   */
  public static Report of(Frame frame, Tally newer, Optional<Tally> older) {
    List<String> notes = new ArrayList<>(frame.notes);
    Map<String, ColumnFigures> columns = new LinkedHashMap<>();
    for (int i = 0; i < newer.names().size(); i++) {
      ColumnFigures.Of column = new ColumnFigures.Of(newer, i);
      Optional<ColumnFigures.Of> before = older.flatMap(tally -> counterpart(column, tally));
      if (older.isPresent() && before.isEmpty()) {
        notes.add("The older result has no scores of " + column.name() + ": no drift is shown.");
      }
      columns.put(column.name(), ColumnFigures.of(column, before));
    }
    OptionalDouble largest =
        columns.values().stream()
            .map(ColumnFigures::drift)
            .filter(Objects::nonNull)
            .mapToDouble(DriftFigures::psi)
            .max();
    return new Report(
        frame.program,
        frame.result,
        frame.against,
        notes,
        exactness(newer, older),
        frame.run,
        frame.answers.orElse(null),
        newer.rows(),
        newer.responses(),
        frame.rejected,
        frame.rejections,
        columns,
        frame.maxDrift.orElse(null),
        orNull(largest),
        beyond(columns, frame.maxDrift),
        newer.agreement(),
        null,
        null);
  }

  /** The same, of rows whose edits were scored. */
  public Report with(Improvement edits) {
    return with(edits, nights);
  }

  /** The same, beside other nights. */
  public Report with(Nights others) {
    return with(improvement, others);
  }

  private Report with(@Nullable Improvement edits, @Nullable Nights others) {
    return new Report(
        program,
        result,
        against,
        notes,
        exactness,
        run,
        answers,
        rows,
        responses,
        rejected,
        rejections,
        columns,
        maxDrift,
        largestDrift,
        beyond,
        agreement,
        edits,
        others);
  }

  private static List<String> beyond(
      Map<String, ColumnFigures> columns, Optional<DriftLimit> limit) {
    return columns.entrySet().stream()
        .filter(
            column -> {
              DriftFigures drift = column.getValue().drift();
              return drift != null && limit.filter(of -> of.isExceeded(drift)).isPresent();
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Null for what is undefined, as JSON has it. */
  static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** The column of that name; of two results with one column each, the other one's only one. */
  private static Optional<ColumnFigures.Of> counterpart(ColumnFigures.Of column, Tally older) {
    int found = older.names().indexOf(column.name());
    if (found < 0 && older.names().size() == 1 && column.tally().names().size() == 1) {
      found = 0;
    }
    return found < 0 ? Optional.empty() : Optional.of(new ColumnFigures.Of(older, found));
  }

  private static String exactness(Tally newer, Optional<Tally> older) {
    boolean whole = newer.all().isWhole() && older.map(tally -> tally.all().isWhole()).orElse(true);
    return whole
        ? "Every figure is of all scores; in the table of input files, quantiles and pictures of"
            + " files with more than 2,000 scores are of an even sample of so many."
        : "Counts, means, standard deviations, lowest and highest scores, Pearson's correlation and"
            + " the order of responses are of all scores. Quantiles, pictures, drift and Spearman's"
            + " correlation are of an even sample of 200,000 (2,000 of each input file): with 95 %"
            + " certainty no share is off by more than 0.3 percentage points (3 of a file).";
  }

  /** Whether the scores drifted further than was allowed. */
  public boolean drifted() {
    return !beyond.isEmpty();
  }

  /** Why the scores drifted further than was allowed, column by column; empty if they did not. */
  public List<String> driftedTold() {
    List<String> told = new ArrayList<>();
    for (String name : beyond) {
      DriftFigures drift = Objects.requireNonNull(columns.get(name)).drift();
      if (drift != null && maxDrift != null) {
        told.add(
            String.format(
                Locale.ROOT,
                "the population stability index of %s is %.3f, more than the %.3f that --max-drift"
                    + " %s allows",
                name,
                drift.psi(),
                maxDrift.of(drift),
                maxDrift.typed()));
      }
    }
    return told;
  }
}
