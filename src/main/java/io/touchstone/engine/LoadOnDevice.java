package io.touchstone.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.FlatAttention;
import io.touchstone.batch.MicroBatch;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.engine.program.Decoder;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PositionTables;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** One load's hidden states on their way through the layers, and how its tokens are shared out. */
final class LoadOnDevice {
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

  /** Below this bits would depend on how many rows there are. */
  private final int leastRows;

  private final List<MicroBatch> batches;

  /** Attention of each micro-batch, where the device takes many paths at once. */
  private final Optional<List<Decoder.FlatCalls>> flat;

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
    this.leastRows = machine.processor().kernels().leastRows();
    this.tokens = Math.max(load.tokens(), leastRows);
    this.longest = Arrays.stream(load.positions()).max().getAsInt() + 1;
    tables.grow(longest);
    PositionTables.Angles turning = tables.angles(load, tokens, manager);
    this.angles = turning.table();
    this.usual = shape.microBatchTokens();
    this.batches = MicroBatch.costliestFirst(MicroBatch.cut(load, parts(), leastRows));
    this.flat =
        machine.attendsFlat(shape)
            ? Optional.of(batches.stream().map(this::calls).toList())
            : Optional.empty();
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
    if (flat.isPresent() && sight.window() == 0) {
      return tasks(
          Rows.cut(batches.size(), 1),
          one -> {
            Rows rows = rows(batches.get(one.first()));
            Decoder.FlatCalls calls = flat.get().get(one.first());
            machine.program().layerFlat(weights, tensors, sight, rows, calls);
          });
    }
    return tasks(
        batches,
        batch -> machine.program().layer(weights, tensors, sight, rows(batch), batch.plan()));
  }

  /**
   * A micro-batch's attention. No call takes more keys than the load has tokens, for which the
   * memory is planned: no path is longer.
   */
  private Decoder.FlatCalls calls(MicroBatch batch) {
    LongStream.Builder numbers = LongStream.builder();
    List<PtNDArray> lists = new ArrayList<>();
    for (FlatAttention call : FlatAttention.of(batch, tokens)) {
      LongStream.of(
              call.first(), call.end(), call.keyCount(), call.longestQueries(), call.longestKeys())
          .forEach(numbers);
      long[] lengths =
          call.keys().stream().mapToLong(range -> range.end() - range.first()).toArray();
      long[] behind = new long[lengths.length];
      long place = 0;
      for (int r = 0; r < lengths.length; r++) {
        behind[r] = call.keys().get(r).first() - place;
        place += lengths[r];
      }
      lists.add(machine.numbers(manager, behind));
      lists.add(machine.numbers(manager, lengths));
      lists.add(borders(call.queryBorders()));
      lists.add(borders(call.keyBorders()));
    }
    return new Decoder.FlatCalls(numbers.build().toArray(), lists.toArray(PtNDArray[]::new));
  }

  /** As the kernel takes them, in whole numbers of 32 bits. */
  private PtNDArray borders(int[] borders) {
    try (PtNDManager host = machine.hostForAWhile()) {
      PtNDArray numbers =
          (PtNDArray) host.create(IntBuffer.wrap(borders), new Shape(borders.length));
      return machine.moved(manager, (PtNDArray) numbers.duplicate());
    }
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
    int[] readOuts = Arrays.copyOf(load.readOuts(), Math.max(count, leastRows));
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
