package io.touchstone.spark;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The files that one attempt writes for one piece, in all output folders of the job. */
record PieceOutputs(List<PieceOutput> outputs) implements Closeable {

  PieceOutputs {
    outputs = List.copyOf(outputs);
  }

  static PieceOutputs open(LineTask task, int piece) throws IOException {
    String attempt = UUID.randomUUID().toString();
    List<PieceOutput> open = new ArrayList<>();
    try {
      for (OutputLayout layout : task.layouts()) {
        Placement placement = new Placement(layout, task.configuration());
        open.add(new PieceOutput(placement, layout, piece, attempt));
      }
      return new PieceOutputs(open);
    } catch (IOException e) {
      new PieceOutputs(open).close();
      throw e;
    }
  }

  /** Where the rejected lines go, too. */
  PieceOutput first() {
    return outputs.get(0);
  }

  PieceOutput of(int folder) {
    return outputs.get(folder);
  }

  void finish() throws IOException {
    for (PieceOutput output : outputs) {
      output.finish();
    }
  }

  /**
   * The first folder's commit is the last: with it the piece is committed in all.
   *
   * @return false if another attempt has committed the piece
   */
  boolean commit(Record stats) throws IOException {
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
