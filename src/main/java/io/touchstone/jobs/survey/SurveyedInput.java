package io.touchstone.jobs.survey;

import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.generate.GeneratePlan;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The input of a plan, of which all is looked at, or a sample.
 *
 * @param pieces of the job
 */
record SurveyedInput(List<InputFile> files, List<Piece> pieces, SkippedFiles skipped) {

  /** Places spread evenly over the input's bytes. */
  static final int SAMPLED_PLACES = 32;

  private static final int ROWS_OF_A_PLACE = 64;

  /** Less than this is read at once, and no sample is needed. */
  private static final long SMALL_BYTES = 1 << 20;

  static SurveyedInput of(AnnotatePlan plan) {
    return new SurveyedInput(plan.files(), plan.pieces(), plan.skipped());
  }

  static SurveyedInput of(GeneratePlan plan) {
    return new SurveyedInput(plan.files(), plan.pieces(), plan.skipped());
  }

  /**
   * What is read.
   *
   * @param mostRows of each place
   */
  record Places(List<Piece> places, int mostRows) {
    long bytes() {
      return places.stream().mapToLong(Piece::bytes).sum();
    }
  }

  Places places(InputSurvey.Extent extent) {
    boolean all = extent == InputSurvey.Extent.ALL || bytes() <= SMALL_BYTES;
    return new Places(
        (all ? pieces : sampled()).stream().filter(piece -> piece.file().format() != null).toList(),
        all ? Integer.MAX_VALUE : ROWS_OF_A_PLACE);
  }

  long bytes() {
    return files.stream().mapToLong(InputFile::bytes).sum();
  }

  /** Pieces of the job that have rows. */
  long piecesWithRows() {
    return pieces.stream().filter(piece -> piece.file().format() != null).count();
  }

  private List<Piece> sampled() {
    List<Piece> tiles =
        Piece.cut(files, Math.max(1, (bytes() + SAMPLED_PLACES - 1) / SAMPLED_PLACES));
    if (tiles.size() <= 2 * SAMPLED_PLACES) {
      return tiles;
    }
    return IntStream.range(0, SAMPLED_PLACES)
        .mapToObj(i -> tiles.get((int) ((long) i * tiles.size() / SAMPLED_PLACES)))
        .toList();
  }
}
