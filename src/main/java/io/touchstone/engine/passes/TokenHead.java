package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.ProductGrid;
import io.touchstone.engine.weights.StoredWeights;
import io.touchstone.generation.Logits;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.LongStream;

/**
 * From last hidden states to the logits of all tokens: the final norm and a matrix as long as the
 * vocabulary. The matrix stays as it is stored and is widened tile by tile, or is widened once and
 * kept.
 */
public final class TokenHead {
  /** Rows of the matrix that are one product. */
  public static final int TILE = 2_048;

  private static final int FP32 = Precision.FP32.torchType();
  private static final int FP64 = 7;

  private final Machine machine;
  private final PassProgram program;
  private final PtNDArray stored;
  private final double eps;
  private final boolean keeps;
  private final PtNDArray norm;
  private final PtNDArray none;
  private final List<Rows> tiles;

  /** The matrix with the norm folded in, once it was widened. */
  private PtNDArray kept;

  private final Deque<PtNDArray> buffers = new ConcurrentLinkedDeque<>();

  /**
   * @param tensor name of the matrix
   * @param config of the decoder, whose final norm comes first
   * @param keeps whether the matrix is widened once
   */
  public TokenHead(
      Machine machine, StoredWeights stored, String tensor, DecoderConfig config, boolean keeps) {
    this.machine = machine;
    this.program = machine.program().passes();
    this.stored = stored.tensor(tensor);
    this.eps = config.norms().eps();
    this.keeps = keeps;
    this.none = machine.buffer(machine.device(), FP32, 0);
    this.norm =
        machine.moved(machine.device(), stored.norm(config.names().finalNorm(), config.norms()));
    this.tiles = ProductGrid.tiles(0, vocabulary(), TILE);
    this.kept = none;
  }

  int vocabulary() {
    return (int) stored.getShape().get(0);
  }

  public static int tiles(int vocabulary) {
    return (vocabulary + TILE - 1) / TILE;
  }

  /**
   * The logits of the first states.
   *
   * @param owner of what they hold
   * @param states before the final norm
   */
  List<Logits> logits(PtNDManager owner, PassRows states, int count) {
    if (keeps && kept == none) {
      kept = widened();
    }
    int rows = (int) states.hidden().getShape().get(0);
    PtNDArray logits = machine.reserved(owner, FP32, rows, vocabulary());
    PtNDArray summary = machine.buffer(owner, FP64, tiles.size(), 3, rows);
    List<Runnable> tasks = new ArrayList<>();
    for (PassRows.Part part : states.parts()) {
      PtNDArray some = program.rows(owner, logits, part.rows().first(), part.rows().end());
      PtNDArray told = program.columns(owner, summary, part.rows().first(), part.rows().end());
      for (List<Rows> group : states.groups(tiles)) {
        tasks.add(() -> compute(part.hidden(), numbers(group), some, told));
      }
    }
    machine.workers().run(tasks);
    return TokenLogits.of(program, logits, summary.toDoubleArray(), count);
  }

  private void compute(PtNDArray hidden, long[] numbers, PtNDArray logits, PtNDArray summary) {
    if (keeps) {
      program.logitTiles(hidden, kept, none, none, eps, numbers, logits, summary);
      return;
    }
    PtNDArray buffer = buffers.pollFirst();
    if (buffer == null) {
      buffer = buffer(TILE);
    }
    try {
      program.logitTiles(hidden, stored, norm, buffer, eps, numbers, logits, summary);
    } finally {
      buffers.addFirst(buffer);
    }
  }

  private PtNDArray buffer(int rows) {
    return machine.reserved(machine.device(), FP32, rows, stored.getShape().get(1));
  }

  private PtNDArray widened() {
    PtNDArray all = buffer(vocabulary());
    machine
        .workers()
        .run(
            tiles.stream()
                .<Runnable>map(tile -> () -> program.widenRows(all, stored, tile, norm))
                .toList());
    return all;
  }

  /** Number, first row and end of each. */
  private static long[] numbers(List<Rows> some) {
    return some.stream()
        .flatMapToLong(tile -> LongStream.of(tile.first() / TILE, tile.first(), tile.end()))
        .toArray();
  }
}
