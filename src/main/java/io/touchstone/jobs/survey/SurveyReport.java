package io.touchstone.jobs.survey;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.pipeline.KnownTotals;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a survey found.
 *
 * @param formats what each format's files hold
 * @param examples rows to measure the model with
 * @param pieces of the job that have rows
 * @param bytes of the input, as it lies on disk
 * @param skipped files of folders and globs that are not read
 */
public record SurveyReport(
    Map<RowFormat, OfFormat> formats,
    List<PreparedRow> examples,
    long pieces,
    long bytes,
    SkippedFiles skipped) {

  public SurveyReport {
    formats = Map.copyOf(formats);
    examples = List.copyOf(examples);
  }

  /**
   * The files of one format.
   *
   * @param bytes of all of them
   * @param bytesRead that the totals stand for
   */
  public record OfFormat(long bytes, long bytesRead, SurveyTotals totals) {

    /** What the whole of the files is expected to have, as the part that was read has it. */
    public double estimate(ToDoubleFunction<SurveyTotals> count) {
      double found = count.applyAsDouble(totals);
      return bytesRead >= bytes || bytesRead == 0 ? found : found * bytes / bytesRead;
    }

    private OfFormat plus(long moreBytesRead, SurveyTotals more) {
      return new OfFormat(bytes, bytesRead + moreBytesRead, totals.plus(more));
    }
  }

  /** A place that was read, and how many of its bytes. */
  record Place(Piece piece, SurveyTotals totals, long bytesRead) {}

  static SurveyReport of(SurveyedInput input, List<Place> places, List<PreparedRow> examples) {
    Map<RowFormat, OfFormat> formats = new HashMap<>();
    for (InputFile file : input.files()) {
      if (file.format() != null) {
        formats.merge(
            file.format(),
            new OfFormat(file.bytes(), 0, SurveyTotals.NONE),
            (all, one) -> new OfFormat(all.bytes + one.bytes, 0, SurveyTotals.NONE));
      }
    }
    for (Place place : places) {
      RowFormat format = place.piece().file().format();
      if (format != null) {
        formats.computeIfPresent(
            format, (key, found) -> found.plus(place.bytesRead(), place.totals()));
      }
    }
    return new SurveyReport(
        formats, examples, input.piecesWithRows(), input.bytes(), input.skipped());
  }

  /** Whether all rows were read, so that nothing is estimated. */
  public boolean isComplete() {
    return formats.values().stream().allMatch(format -> format.bytesRead() >= format.bytes());
  }

  public double estimate(ToDoubleFunction<SurveyTotals> count) {
    return formats.values().stream().mapToDouble(format -> format.estimate(count)).sum();
  }

  /** What was read, nothing extrapolated. */
  public SurveyTotals read() {
    return formats.values().stream()
        .map(OfFormat::totals)
        .reduce(SurveyTotals.NONE, SurveyTotals::plus);
  }

  /** What a job would know; of a sample an estimate. */
  public KnownTotals known() {
    return new KnownTotals(
        Math.round(estimate(totals -> totals.known().rows())),
        Math.round(estimate(totals -> totals.known().prompts())),
        Math.round(estimate(totals -> totals.known().tokens())),
        Math.round(estimate(totals -> totals.known().added())));
  }

  public long bytesRead() {
    return formats.values().stream().mapToLong(OfFormat::bytesRead).sum();
  }
}
