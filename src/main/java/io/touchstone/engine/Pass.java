package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.Rows;
import io.touchstone.engine.FlatPass.Piece;
import io.touchstone.engine.FlatPass.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One pass on its way through the layers: its hidden states, and what they look at. */
final class Pass {
  /** Queries of a piece that are one task, where its path need not be put together. */
  private static final int PIECE_QUERIES = 4 * KeyValueCache.BLOCK;

  private final Machine machine;
  private final PassProgram program;
  private final PtNDManager owner;
  private final LayerShape shape;
  private final FlatPass flat;
  private final PassRows rows;
  private final List<PtNDArray> slots;
  private final Map<Integer, List<PieceTask>> pieces = new HashMap<>();
  private final Map<Integer, List<PassProgram.Steps>> steps = new HashMap<>();

  /**
   * Queries of a piece that are computed by one task.
   *
   * @param path of their keys through the cache: first slot and length of each run
   */
  record PieceTask(PtNDArray queries, PtNDArray attended, long[] path) {}

  /** Some of the rows, and the steps that they are. */
  record Asked(PassRows rows, List<Step> steps) {}

  /**
   * @param hidden states of the pass's tokens, and more where they are too few for a product
   * @param turns of the same
   */
  Pass(
      Machine machine,
      PtNDManager owner,
      LayerShape shape,
      FlatPass flat,
      PtNDArray hidden,
      PtNDArray turns) {
    this.machine = machine;
    this.program = machine.program().passes();
    this.owner = owner;
    this.shape = shape;
    this.flat = flat;
    this.rows = new PassRows(machine, owner, shape, hidden, turns);
    PtNDArray all = machine.numbers(owner, flat.slots());
    this.slots =
        rows.parts().stream()
            .map(
                part ->
                    program.rows(
                        owner,
                        all,
                        Math.min(part.rows().first(), flat.tokens()),
                        Math.min(part.rows().end(), flat.tokens())))
            .toList();
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

  /** Where the keys and values of a part's tokens go to. */
  PtNDArray slots(PassRows.Part part) {
    return slots.get(rows.parts().indexOf(part));
  }

  /** The tasks of pieces in layers with such a window; 0 for none. */
  List<PieceTask> pieces(int window) {
    return pieces.computeIfAbsent(
        window, w -> flat.pieces().stream().flatMap(piece -> tasks(piece, w).stream()).toList());
  }

  private List<PieceTask> tasks(Piece piece, int window) {
    List<PieceTask> tasks = new ArrayList<>();
    int at = 0;
    while (at < piece.tokens()) {
      int position = piece.position() + at;
      int end = Math.min(piece.tokens(), at + PIECE_QUERIES);
      long[] path = path(piece.sequence(), position, piece.position() + end, window);
      if (path.length > 2) {
        // One task puts its path together once, and no other one of the row does so beside it.
        end = piece.tokens();
        path = path(piece.sequence(), position, piece.position() + end, window);
      }
      Rows some = new Rows(piece.row() + at, piece.row() + end);
      tasks.add(new PieceTask(rows.queries(some), rows.attended(some), path));
      at = end;
    }
    return tasks;
  }

  /** From the block of the first key that the token at a position looks at. */
  private static long[] path(CachedSequence sequence, int position, int end, int window) {
    int firstKey = window == 0 ? 0 : Math.max(0, position + 1 - window);
    LongStream.Builder runs = LongStream.builder();
    long start = -1;
    long length = 0;
    for (int b = firstKey / KeyValueCache.BLOCK; b * KeyValueCache.BLOCK < end; b++) {
      int first = b * KeyValueCache.BLOCK;
      long slot = sequence.slot(first);
      if (slot != start + length || start < 0) {
        if (start >= 0) {
          runs.add(start).add(length);
        }
        start = slot;
        length = 0;
      }
      length += Math.min(KeyValueCache.BLOCK, end - first);
    }
    return runs.add(start).add(length).build().toArray();
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
      PtNDArray low = machine.numbers(host, plan.low());
      PtNDArray high = machine.numbers(host, plan.high());
      return new PassProgram.Steps(
          plan.runs(),
          new PtNDArray[] {
            machine.numbers(owner, plan.owners()),
            machine.numbers(owner, plan.order()),
            machine.numbers(owner, plan.rows())
          },
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
        IntStream.range(0, Math.max(asked.size(), DecoderForwardPass.LEAST_ROWS))
            .mapToLong(r -> asked.get(r < asked.size() ? r : 0).row())
            .toArray();
    PtNDArray indices = machine.numbers(owner, from);
    PtNDArray hidden = program.chosen(owner, rows.hidden(), indices);
    PtNDArray turns =
        rows.turns().isEmpty() ? rows.turns() : program.chosen(owner, rows.turns(), indices);
    List<Step> steps =
        IntStream.range(0, asked.size())
            .mapToObj(r -> new Step(asked.get(r).sequence(), r, asked.get(r).position()))
            .toList();
    return new Asked(new PassRows(machine, owner, shape, hidden, turns), steps);
  }

  /** Positions of all rows. */
  static long[] padded(int[] values) {
    int[] enough = Arrays.copyOf(values, Math.max(values.length, DecoderForwardPass.LEAST_ROWS));
    return Arrays.stream(enough).asLongStream().toArray();
  }
}
