package io.touchstone.files.read;

import io.touchstone.files.FileKind;
import io.touchstone.problem.Problem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one task reads: the lines that start in a range of a file's bytes.
 *
 * @param index counted over all pieces of the job, in the order of the input
 * @param end exclusive; the last line may reach beyond it
 */
public record Piece(int index, InputFile file, long start, long end) implements Serializable {

  /** A file that is not cut. */
  public static Piece whole(InputFile file) {
    return new Piece(0, file, 0, file.bytes());
  }

  /** Every file has a piece, an empty one too; only plain lines can be entered in the middle. */
  public static List<Piece> cut(List<InputFile> files, long pieceBytes) {
    return cut(files, pieceBytes, Map.of());
  }

  /**
   * @param borders offsets at which files may be cut that are not plain lines, by path
   */
  public static List<Piece> cut(
      List<InputFile> files, long pieceBytes, Map<String, List<Long>> borders) {
    List<Piece> pieces = new ArrayList<>();
    for (InputFile file : files) {
      long begun = 0;
      for (long border : borders.getOrDefault(file.path(), List.of())) {
        if (border - begun >= pieceBytes) {
          pieces.add(new Piece(pieces.size(), file, begun, border));
          begun = border;
        }
      }
      if (begun > 0) {
        pieces.add(new Piece(pieces.size(), file, begun, file.bytes()));
        continue;
      }
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

  public long bytes() {
    return end - start;
  }

  @Override
  public String toString() {
    return Problem.in(file.path()).place()
        + "piece "
        + index
        + " (bytes "
        + start
        + " to "
        + end
        + ")";
  }
}
