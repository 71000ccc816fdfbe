package io.touchstone.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.MicroBatch;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.program.Decoder;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PositionTables;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One load's hidden states on their way through the layers, and how its tokens are shared out. */
final class LoadOnDevice {
  private static final int LEAST_ROWS = Kernels.LEAST_ROWS;

  private final PackedLoad load;
  private final PtNDManager manager;
  private final Machine machine;
  private final PositionTables tables;

  /** Rows of the hidden states: those of the load, and more where it is too small. */
  private final int tokens;

  /** Tokens of the longest row. */
  private final int longest;

  /** About how many tokens are one task. */
  private final int usual;

  private final List<MicroBatch> batches;

  /** Angles of layers that see all tokens before one. */
  private final PtNDArray angles;

  private final Decoder.Load tensors;

  /**
   * @param manager that owns what is made here
   * @param embeddings as they are stored
   * @param learned rows of positions, as they are stored, where they are added to embeddings
   */
  LoadOnDevice(
      PackedLoad load,
      PtNDManager manager,
      Machine machine,
      PositionTables tables,
      LayerShape shape,
      PtNDArray embeddings,
      Optional<PtNDArray> learned) {
    this.load = load;
    this.manager = manager;
    this.machine = machine;
    this.tables = tables;
    this.tokens = Math.max(load.tokens(), LEAST_ROWS);
    this.longest = Arrays.stream(load.positions()).max().getAsInt() + 1;
    tables.grow(longest);
    PositionTables.Angles turning = tables.angles(load, tokens, manager);
    this.angles = turning.table();
    this.usual = shape.microBatchTokens();
    this.batches = MicroBatch.costliestFirst(MicroBatch.cut(load, parts(), LEAST_ROWS));
    try (PtNDManager host = machine.hostForAWhile()) {
      PtNDArray ids = numbers(host, Arrays.copyOf(load.ids(), tokens));
      this.tensors =
          new Decoder.Load(
              shape,
              machine
                  .workers()
                  .call(
                      () ->
                          machine
                              .program()
                              .embed(manager, embeddings, ids, shape, machine.anchor())),
              vector(turning.rows()),
              machine.keysValues(manager, shape, tokens));
      PtNDArray places = numbers(host, Arrays.copyOf(load.positions(), tokens));
      learned.ifPresent(
          table ->
              machine
                  .workers()
                  .run(List.of(() -> machine.program().addRows(tensors.hidden(), table, places))));
    }
  }

  int tokens() {
    return tokens;
  }

  Decoder.Load tensors() {
    return tensors;
  }

  Decoder.Sight sight(int layer) {
    return tables.sight(layer, longest, angles);
  }

  void await() {
    machine.await(tensors.hidden());
  }

  /** Keys and values of all tokens in a layer. */
  void keysValues(int layer, LayerWeights weights) {
    Decoder.Sight sight = sight(layer);
    machine
        .workers()
        .run(perRows(part -> machine.program().keysValues(weights, tensors, sight, part)));
  }

  /** What is behind a layer's keys and values, for all tokens. */
  List<Runnable> layer(int layer, LayerWeights weights) {
    Decoder.Sight sight = sight(layer);
    return tasks(
        batches,
        batch -> machine.program().layer(weights, tensors, sight, rows(batch), batch.plan()));
  }

  /** Tasks over all tokens, of which each knows of no other. */
  List<Runnable> perRows(Consumer<Rows> work) {
    return tasks(Rows.cut(tokens, (tokens + parts() - 1) / parts()), work);
  }

  static <T> List<Runnable> tasks(List<T> parts, Consumer<T> work) {
    return parts.stream().<Runnable>map(part -> () -> work.accept(part)).toList();
  }

  /** As many as there are threads, or a multiple: none of them waits for the last part. */
  private int parts() {
    int threads = machine.workers().threads();
    int parts = (tokens + usual - 1) / usual;
    int even = (parts + threads - 1) / threads * threads;
    return tokens / even < usual / 2 ? parts : even;
  }

  /** The last micro-batch takes along the rows that fill up a small load. */
  private Rows rows(MicroBatch batch) {
    return new Rows(batch.first(), batch.end() == load.tokens() ? tokens : batch.end());
  }

  /** The read-outs' tokens, and some of them again where they are too few. */
  PtNDArray readOuts() {
    int count = load.readOuts().length;
    int[] readOuts = Arrays.copyOf(load.readOuts(), Math.max(count, LEAST_ROWS));
    Arrays.fill(readOuts, count, readOuts.length, readOuts[0]);
    return vector(readOuts);
  }

  private PtNDArray vector(int[] values) {
    try (PtNDManager host = machine.hostForAWhile()) {
      return machine.moved(manager, numbers(host, values));
    }
  }

  private static PtNDArray numbers(PtNDManager host, int[] values) {
    return (PtNDArray)
        host.create(IntBuffer.wrap(values), new Shape(values.length), DataType.INT32)
            .toType(DataType.INT64, false);
  }
}
