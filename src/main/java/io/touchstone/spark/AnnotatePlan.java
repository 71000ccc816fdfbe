package io.touchstone.spark;

import io.touchstone.scoring.ModelDescription;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A job's work, in the order of its input.
 *
 * @param skippedFiles files of input folders that have no supported ending
 */
public record AnnotatePlan(
    AnnotateConfig config,
    ModelDescription model,
    List<InputFile> files,
    List<Piece> pieces,
    int skippedFiles) {

  public AnnotatePlan {
    files = List.copyOf(files);
    pieces = List.copyOf(pieces);
  }

  /**
   * Lists the inputs, finds each file's format and cuts the files into pieces; needs no Spark.
   *
   * <p>Arguments keep their order. Folders are listed with all their subfolders, in the order of
   * their paths, without names that begin with {@code _} or {@code .}; a file that several
   * arguments name counts once, where it comes first.
   *
   * @throws InputException with every problem of the inputs
   */
  public static AnnotatePlan of(
      AnnotateConfig config, Configuration hadoop, ModelDescription model) {
    InputListing listing = InputListing.of(config, hadoop);
    return new AnnotatePlan(
        config,
        model,
        listing.files(),
        cut(listing.files(), config.pieceBytes()),
        listing.skippedFiles());
  }

  public long bytes() {
    return files.stream().mapToLong(InputFile::bytes).sum();
  }

  /** Every file has a piece, an empty one too; only plain lines can be entered in the middle. */
  static List<Piece> cut(List<InputFile> files, long pieceBytes) {
    List<Piece> pieces = new ArrayList<>();
    for (InputFile file : files) {
      long step = file.kind() == FileKind.LINES ? pieceBytes : Math.max(1, file.bytes());
      long start = 0;
      do {
        long end = step < file.bytes() - start ? start + step : file.bytes();
        pieces.add(new Piece(pieces.size(), file, start, end));
        start = end;
      } while (start < file.bytes());
    }
    return pieces;
  }
}
