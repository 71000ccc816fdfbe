package io.touchstone.cli.text;

import io.touchstone.files.scan.ScanTotals;
import io.touchstone.jobs.RowCounts;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.ChooseTotals;
import io.touchstone.jobs.choose.SelectVerdict;
import io.touchstone.jobs.generate.GenerateReport;
import io.touchstone.reward.ScoreDistribution;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What {@code --metrics} tells of jobs' reports; no text of any row is in it. */
public final class RunMetrics {
  private RunMetrics() {}

  /**
   * @param attributes of the model, in the order of the scores
   */
  public static void add(AnnotateReport report, List<String> attributes, MetricsText to) {
    AnnotationTotals totals = report.totals();
    addRows(
        new RowCounts(totals.in(), totals.out(), totals.rejectedLines(), totals.blank()),
        totals.rejected(),
        to);
    addPieces(report.pieces(), report.resumedPieces(), to);
    to.gauge(
            "presented_tokens",
            "Tokens of each scored conversation by itself.",
            totals.presentedTokens())
        .gauge("computed_tokens", "Tokens that went through the model.", totals.computedTokens())
        .gauge("known_rows", "Rows whose scores the ledger knew.", totals.known().rows())
        .gauge("clamped_values", "Values moved onto the scale of labels.", totals.clampedValues());
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("load", report.seconds().load());
    seconds.put("prepare", report.seconds().prepare());
    seconds.put("forward", report.seconds().forward());
    addPhases(seconds, to);
    to.gauges(
        "scores",
        "Scores that were given.",
        "attribute",
        each(attributes, totals, ScoreDistribution::count));
    to.gauges(
        "score_mean",
        "Mean of the scores.",
        "attribute",
        each(attributes, totals, ScoreDistribution::mean));
    to.gauges(
        "score_stddev",
        "Standard deviation of the scores.",
        "attribute",
        each(attributes, totals, ScoreDistribution::deviation));
  }

  private static Map<String, Double> each(
      List<String> attributes, AnnotationTotals totals, ToDoubleFunction<ScoreDistribution> of) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < totals.scores().size(); i++) {
      if (totals.scores().get(i).count() > 0) {
        values.put(attributes.get(i), of.applyAsDouble(totals.scores().get(i)));
      }
    }
    return values;
  }

  public static void add(GenerateReport report, MetricsText to) {
    var totals = report.totals();
    addRows(
        new RowCounts(totals.in(), totals.out(), totals.rejectedLines(), totals.blank()),
        totals.rejected(),
        to);
    addPieces(report.pieces(), report.resumedPieces(), to);
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("load", report.seconds().load());
    seconds.put("busy", report.seconds().busy());
    addPhases(seconds, to);
  }

  public static void add(ChooseReport report, MetricsText to) {
    ChooseTotals totals = report.totals();
    long rejected = totals.rejectedLines();
    addRows(
        new RowCounts(totals.in(), totals.written().get(0), rejected, totals.blank()),
        totals.rejected(),
        to);
    addPieces(report.pieces(), report.resumedPieces(), to);
    to.gauges("verdict_rows", "Rows by what became of them.", "verdict", totals.verdicts());
    to.gauges("noted_rows", "What else was counted.", "note", notes(totals.notes()));
  }

  /** Names of fields are the data's, and may be any number. */
  private static Map<String, Long> notes(SortedMap<String, Long> notes) {
    return notes.entrySet().stream()
        .filter(note -> !note.getKey().startsWith(SelectVerdict.DIFFERS_IN))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
  }

  /** Of a job that reads rows and writes none. */
  public static void add(ScanTotals rows, MetricsText to) {
    addRead(rows.in(), rows.rejectedLines(), to);
  }

  private static void addRows(RowCounts rows, SortedMap<String, Long> rejected, MetricsText to) {
    addRead(rows.in(), rows.rejected(), to);
    to.gauge("written_rows", "Rows written, to the first output folder.", rows.out())
        .gauge("blank_lines", "Lines without anything in them.", rows.blank())
        .gauges("rejected_kind_rows", "Rows rejected, by kind.", "kind", rejected);
  }

  private static void addRead(long in, long rejected, MetricsText to) {
    to.gauge("read_rows", "Rows read, rejected ones among them.", in)
        .gauge("rejected_rows", "Rows rejected.", rejected);
  }

  private static void addPieces(int all, int resumed, MetricsText to) {
    to.gauge("pieces", "Pieces of the input.", all)
        .gauge("resumed_pieces", "Pieces that an earlier run had finished.", resumed);
  }

  private static void addPhases(Map<String, Double> seconds, MetricsText to) {
    to.gauges(
        "phase_seconds", "Time in parts of the job, summed over processes.", "phase", seconds);
  }
}
