package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.passes.FlatPass.Piece;
import io.touchstone.engine.passes.FlatPass.Step;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One pass on its way through the layers: its hidden states, and what they look at. */
final class Pass {
  /** Queries of a piece that are one task. */
  private static final int PIECE_QUERIES = 4 * PassProgram.BLOCK;

  private final Machine machine;
  private final PassProgram program;
  private final PtNDManager owner;
  private final LayerShape shape;
  private final FlatPass flat;
  private final PassProgram.Tables tables;
  private final PassRows rows;
  private final List<PtNDArray[]> places;
  private final Map<Integer, List<PiecePath>> pieces = new HashMap<>();
  private final Map<Integer, List<PassProgram.Steps>> steps = new HashMap<>();

  /**
   * Queries of a piece that are computed by one task.
   *
   * @param seen keys of the path up to the last one's own
   */
  record PieceTask(PtNDArray queries, PtNDArray attended, int seen) {}

  /**
   * The keys and values that a piece looks at, put together from blocks in each layer.
   *
   * @param blocks of the cache
   * @param table that they are put into
   */
  record PiecePath(PtNDArray blocks, PtNDArray table, List<PieceTask> tasks) {}

  /** Some of the rows, and the steps that they are. */
  record Asked(PassRows rows, List<Step> steps) {}

  /**
   * @param tables of some layer; all are alike
   * @param hidden states of the pass's tokens, and more where they are too few for a product
   * @param turns of the same
   */
  Pass(
      Machine machine,
      PtNDManager owner,
      LayerShape shape,
      PassProgram.Tables tables,
      FlatPass flat,
      PtNDArray hidden,
      Turns turns) {
    this.machine = machine;
    this.program = machine.program().passes();
    this.owner = owner;
    this.shape = shape;
    this.tables = tables;
    this.flat = flat;
    this.rows = new PassRows(machine, owner, shape, hidden, turns);
    PtNDArray blocks = machine.numbers(owner, flat.blocks());
    PtNDArray inBlocks = machine.numbers(owner, flat.places());
    this.places =
        rows.parts().stream()
            .map(part -> new PtNDArray[] {own(blocks, part), own(inBlocks, part)})
            .toList();
  }

  /** Of numbers for each token those of a part, which may have rows that are none. */
  private PtNDArray own(PtNDArray numbers, PassRows.Part part) {
    return program.rows(
        owner,
        numbers,
        Math.min(part.rows().first(), flat.tokens()),
        Math.min(part.rows().end(), flat.tokens()));
  }

  /** Owns what lives as long as the pass. */
  PtNDManager owner() {
    return owner;
  }

  /** Some rows of a tensor of the pass. */
  PtNDArray some(PtNDArray tensor, Rows some) {
    return program.rows(owner, tensor, some.first(), some.end());
  }

  FlatPass flat() {
    return flat;
  }

  /** All tokens. */
  PassRows rows() {
    return rows;
  }

  /** Where the keys and values of a part's tokens go to: blocks, and places in them. */
  PtNDArray[] places(PassRows.Part part) {
    return places.get(rows.parts().indexOf(part));
  }

  /** The pieces in layers with such a window; 0 for none. */
  List<PiecePath> pieces(int window) {
    return pieces.computeIfAbsent(
        window, w -> flat.pieces().stream().map(piece -> path(piece, w)).toList());
  }

  /** From the block of the first key that its first token looks at. */
  private PiecePath path(Piece piece, int window) {
    int size = PassProgram.BLOCK;
    int firstKey = window == 0 ? 0 : Math.max(0, piece.position() + 1 - window);
    int first = firstKey / size;
    int end = KeyValueCache.blocksOf(piece.position() + piece.tokens());
    long[] blocks = IntStream.range(first, end).mapToLong(b -> piece.sequence().block(b)).toArray();
    List<PieceTask> tasks = new ArrayList<>();
    for (int at = 0; at < piece.tokens(); at += PIECE_QUERIES) {
      int past = Math.min(piece.tokens(), at + PIECE_QUERIES);
      Rows some = new Rows(piece.row() + at, piece.row() + past);
      tasks.add(
          new PieceTask(
              rows.queries(some), rows.attended(some), piece.position() + past - first * size));
    }
    return new PiecePath(
        machine.numbers(owner, blocks),
        machine.keysValues(owner, shape, blocks.length * size),
        tasks);
  }

  /** The plans of single tokens in layers with such a window, one for each task. */
  List<PassProgram.Steps> steps(int window) {
    return steps.computeIfAbsent(window, w -> plans(flat.steps(), w));
  }

  /** The plans of some steps. */
  List<PassProgram.Steps> plans(List<Step> some, int window) {
    return StepPlan.share(some, machine.workers().threads()).stream()
        .map(share -> tensors(StepPlan.of(share, window)))
        .toList();
  }

  private PassProgram.Steps tensors(StepPlan plan) {
    try (PtNDManager host = machine.hostForAWhile()) {
      PtNDArray low = machine.hostNumbers(host, plan.low());
      PtNDArray high = machine.hostNumbers(host, plan.high());
      PtNDArray blocks = machine.hostNumbers(host, plan.blocks());
      return new PassProgram.Steps(
          new PtNDArray[] {
            machine.numbers(owner, plan.owners()),
            machine.numbers(owner, plan.blocks()),
            machine.numbers(owner, plan.rows())
          },
          program.bags(owner, blocks, tables.keys(), shape.heads()),
          program.bags(owner, blocks, tables.values(), shape.heads()),
          plan.counts(),
          program.stepMask(owner, low, high, machine.anchor()));
    }
  }

  /** The tokens whose logits are wanted, by themselves: as many rows as a product needs. */
  Asked asked() {
    if (flat.asksForAll()) {
      return new Asked(rows, flat.asked());
    }
    List<Step> asked = flat.asked();
    long[] from =
        IntStream.range(0, Math.max(asked.size(), Kernels.LEAST_ROWS))
            .mapToLong(r -> asked.get(r < asked.size() ? r : 0).row())
            .toArray();
    PtNDArray indices = machine.numbers(owner, from);
    PtNDArray hidden = program.chosen(owner, rows.hidden(), indices);
    Turns turns = rows.turns().of(all -> program.chosen(owner, all, indices));
    List<Step> steps =
        IntStream.range(0, asked.size())
            .mapToObj(r -> new Step(asked.get(r).sequence(), r, asked.get(r).position()))
            .toList();
    return new Asked(new PassRows(machine, owner, shape, hidden, turns), steps);
  }

  /** Positions of all rows. */
  static long[] padded(int[] values) {
    int[] enough = Arrays.copyOf(values, Math.max(values.length, Kernels.LEAST_ROWS));
    return Arrays.stream(enough).asLongStream().toArray();
  }
}
