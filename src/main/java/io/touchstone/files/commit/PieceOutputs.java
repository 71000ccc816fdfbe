package io.touchstone.files.commit;

import io.touchstone.files.read.Piece;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The files that one attempt writes for one piece, in all output folders of the job. */
public record PieceOutputs(List<PieceOutput> outputs) implements Closeable {

  public PieceOutputs {
    outputs = List.copyOf(outputs);
  }

  public static PieceOutputs open(List<AttemptFolder> folders, Piece piece, String attempt)
      throws IOException {
    List<PieceOutput> open = new ArrayList<>();
    try {
      for (AttemptFolder folder : folders) {
        open.add(new PieceOutput(folder, piece.index(), piece.bytes(), attempt));
      }
      return new PieceOutputs(open);
    } catch (IOException e) {
      new PieceOutputs(open).close();
      throw e;
    }
  }

  /** Where the rejected lines go, too. */
  public PieceOutput first() {
    return outputs.get(0);
  }

  public PieceOutput of(int folder) {
    return outputs.get(folder);
  }

  public void finish() throws IOException {
    for (PieceOutput output : outputs) {
      output.finish();
    }
  }

  /**
   * The first folder's commit is the last: with it the piece is committed in all.
   *
   * @return false if another attempt has committed the piece
   */
  public boolean commit(Record stats) throws IOException {
    for (PieceOutput output : outputs.subList(1, outputs.size())) {
      output.commit(stats);
    }
    return first().commit(stats);
  }

  @Override
  public void close() throws IOException {
    for (PieceOutput output : outputs) {
      output.close();
    }
  }
}
