package io.touchstone.jobs.annotate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.RowCounts;
import io.touchstone.reward.Calibration;
import io.touchstone.reward.ScoreDistribution;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Principle;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.KnownTotals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What {@code _run.json} says of a finished job.
 *
 * @param finished when, in UTC, as ISO 8601 writes it
 * @param principles that the model was asked about, by their names; not written where there are
 *     none
 * @param notes scored rows of which something is to be told, by what it is
 * @param calibration digest of the file that labels were made with; none without one
 * @param withheldLines rejected lines of which only the place and the reason were written; not
 *     written where there are none
 * @param unsteadyPieces as {@link AnnotateReport} has them; not written where there are none
 */
public record AnnotateSummary(
    String program,
    String finished,
    SortedMap<String, String> configuration,
    @JsonIgnoreProperties({"head", "question", "steps", "asked", "judged"}) ModelDescription model,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> principles,
    String calibration,
    Inputs inputs,
    Pieces pieces,
    RowCounts rows,
    SortedMap<String, Long> rejectedByKind,
    SortedMap<String, Long> notes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long withheldLines,
    Tokens tokens,
    KnownTotals known,
    Map<String, Scores> scores,
    long clampedValues,
    AnnotateReport.Seconds seconds,
    List<FinishedAnnotate.PieceTiming> pieceTimings,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long unsteadyPieces) {

  /**
   * @param skipped the first few of the skipped files
   */
  public record Inputs(
      int files, long bytes, int skippedFiles, List<SkippedFiles.Skipped> skipped) {}

  public record Pieces(int all, int resumed) {}

  /**
   * @param presented of each scored conversation by itself
   * @param computed that went through the model
   * @param specialInText special tokens that texts of scored rows spell out
   */
  record Tokens(long presented, long computed, long specialInText) {}

  record Scores(long count, double mean, double std, double min, double max) {}

  public static AnnotateSummary of(
      AnnotatePlan plan, AnnotateReport report, List<FinishedAnnotate.PieceTiming> pieceTimings) {
    AnnotationTotals totals = report.totals();
    Calibration calibration = plan.config().labels().calibration();
    return new AnnotateSummary(
        plan.config().provenance().program(),
        now(),
        plan.config().provenance().effective(),
        plan.model(),
        plan.model().question().principles().stream()
            .collect(
                Collectors.toMap(
                    Principle::name, Principle::text, (one, other) -> one, LinkedHashMap::new)),
        calibration == null ? "none" : calibration.digest(),
        new Inputs(
            plan.files().size(), plan.bytes(), plan.skipped().count(), plan.skipped().first()),
        new Pieces(report.pieces(), report.resumedPieces()),
        new RowCounts(totals.in(), totals.out(), totals.rejectedLines(), totals.blank()),
        totals.rejected(),
        totals.notes(),
        report.withheld(),
        new Tokens(totals.presentedTokens(), totals.computedTokens(), totals.specialTokensInText()),
        totals.known(),
        scores(plan.model().shownNames(), totals.scores()),
        totals.clampedValues(),
        report.seconds(),
        pieceTimings,
        report.unsteadyPieces());
  }

  /** To the second. */
  public static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Map<String, Scores> scores(
      List<String> attributes, List<ScoreDistribution> distributions) {
    Map<String, Scores> scores = new LinkedHashMap<>();
    for (int i = 0; i < distributions.size(); i++) {
      ScoreDistribution of = distributions.get(i);
      if (of.count() > 0) {
        scores.put(
            attributes.get(i),
            new Scores(of.count(), of.mean(), of.deviation(), of.min(), of.max()));
      }
    }
    return scores;
  }
}
