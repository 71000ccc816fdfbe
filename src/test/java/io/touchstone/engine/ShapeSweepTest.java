package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.device.ThisProcessor;
import io.touchstone.engine.device.TorchProgram;
import io.touchstone.engine.program.Decoder;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the program computes for a row has the same bits wherever the row lies and whatever lies
 * beside it, at every head size and at layers of small and of real models. Which of the library's
 * kernels computes a shape is the processor's affair: this is to be run on each kind of them.
 * {@code -Dtouchstone.sweep=full} runs the whole grid, and larger models, for minutes.
 *
 * <p>Products with fewer than twelve columns are left out: some of them do depend on their rows'
 * places (seen on an AMD EPYC), but no model is as narrow.
 */
final class ShapeSweepTest {
  private static final boolean FULL = System.getProperty("touchstone.sweep", "").equals("full");
  private static final double EPS = 1e-5;

  /** Of queries on keys; odd ones bring rows of queries to every place in a vector. */
  private static final int[][] HEADS = {{1, 1}, {3, 1}, {4, 2}};

  private static final int LAST_OFFSET = 40;
  private static final int MOST_ROWS = 1_088;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final List<String> differences = new ArrayList<>();
  private Machine machine;
  private TorchProgram program;

  /** A model's layer. */
  private record Model(int hidden, int heads, int kvHeads, int dim, int inner, boolean biases) {
    LayerShape shape(Processor processor) {
      return new LayerShape(config(), processor);
    }

    DecoderConfig config() {
      DecoderSizes sizes = new DecoderSizes(hidden, inner, 1, heads, kvHeads, dim, 1, 1);
      return DecoderConfig.of(sizes, false, EPS, new Rotary.Default(10_000));
    }

    @Override
    public String toString() {
      return "hidden %d, %d heads on %d of size %d, inner %d, %s"
          .formatted(hidden, heads, kvHeads, dim, inner, biases ? "with biases" : "without biases");
    }
  }

  private static final List<Model> MODELS =
      List.of(
          new Model(24, 1, 1, 6, 50, true),
          new Model(50, 1, 1, 48, 33, false),
          new Model(50, 3, 3, 22, 33, true),
          new Model(48, 8, 1, 6, 112, false),
          new Model(32, 8, 1, 8, 112, true),
          new Model(40, 4, 4, 10, 112, false),
          new Model(36, 4, 1, 14, 110, true),
          new Model(64, 4, 2, 32, 144, false),
          new Model(576, 9, 3, 64, 1_536, false));

  private static final List<Model> LARGE_MODELS =
      List.of(
          new Model(896, 14, 2, 64, 4_864, true),
          new Model(1_024, 16, 8, 128, 3_072, false),
          new Model(4_096, 32, 8, 128, 14_336, false));

  private void on(Precision precision) {
    System.out.println("seed " + seed);
    machine = new Machine(Processor.cpu(precision), new Resources(1, 0, 0));
    program = TorchProgram.load(Decoder.parts(Processor.cpu(Precision.FP32)), Device.cpu());
  }

  @AfterEach
  void close() {
    program.close();
    machine.close();
  }

  @Test
  void attentionHasTheSameBitsAtEveryPlaceOfTheTable() {
    on(Precision.FP32);
    for (int dim = 2; dim <= 130; dim += 2) {
      for (int queries : queries()) {
        for (int before : paths()) {
          for (int[] heads : HEADS) {
            int narrow = 1 + random.nextInt(before + queries);
            attend(heads[0], heads[1], dim, queries, before, 0, 0);
            attend(heads[0], heads[1], dim, queries, before, narrow, 0);
            if (FULL || dim % 6 == 4) {
              attend(heads[0], heads[1], dim, queries, before, dim % 4 == 0 ? 0 : narrow, 5);
            }
          }
        }
      }
    }
    assertThat(differences).as("seed %d", seed).isEmpty();
  }

  /** The kernel takes 32 queries at a time: the last one of 33 is alone again. */
  private int[] queries() {
    return FULL
        ? IntStream.concat(IntStream.rangeClosed(1, 34), IntStream.of(64, 65, 96, 97)).toArray()
        : new int[] {1, 2, 3 + random.nextInt(30), 33};
  }

  /** Tokens in front of the queries. */
  private int[] paths() {
    return FULL
        ? new int[] {0, 1, 5, 37, 600}
        : new int[] {random.nextInt(9), 9 + random.nextInt(90)};
  }

  private void attend(
      int heads, int kvHeads, int dim, int queries, int before, int window, double cap) {
    // Attention has no use for the sizes of the rest.
    DecoderConfig plain = new Model(1, heads, kvHeads, dim, 1, false).config();
    LayerShape layer =
        new LayerShape(
            plain.with(plain.attention().scored(Math.sqrt(dim), cap)), machine.processor());
    float[] q = numbers(queries * heads * dim, 1);
    float[] kv = numbers(2 * kvHeads * (before + queries) * dim, 1);
    float[] expected = {};
    for (int offset = 0; offset <= LAST_OFFSET; offset++) {
      for (int gap : before == 0 || offset == 0 ? new int[] {0} : new int[] {0, 1 + offset % 5}) {
        int own = offset + before + gap;
        long[] plan =
            before == 0
                ? new long[] {own, queries, 0}
                : new long[] {own, queries, 1, offset, before};
        float[] found = attended(q, kv, plan, layer, window, own % 7);
        if (offset == 0) {
          expected = found;
        } else if (!Arrays.equals(found, expected)) {
          differences.add(
              "attention, %d heads on %d of size %d, %d queries, %d keys, window %d, cap %.0f: another at %d, gap %d"
                  .formatted(
                      heads, kvHeads, dim, queries, before + queries, window, cap, offset, gap));
          return;
        }
      }
    }
  }

  /**
   * What is not of the path, or fills up the table's rows, is no number: it shows if it is read.
   */
  private float[] attended(
      float[] q, float[] kv, long[] plan, LayerShape layer, int window, int above) {
    int kvHeads = layer.kvHeads();
    int heads = layer.heads();
    int dim = layer.headDim();
    int own = (int) plan[0];
    int queries = (int) plan[1];
    int before = plan[2] == 0 ? 0 : (int) plan[4];
    int path = before + queries;
    int tokens = own + queries + own % 3;
    return task(
        manager -> {
          PtNDArray table = machine.keysValues(manager, layer, tokens);
          int width = (int) table.getShape().get(2);
          float[] cells = new float[2 * kvHeads * tokens * width];
          Arrays.fill(cells, Float.NaN);
          for (int head = 0; head < 2 * kvHeads; head++) {
            for (int t = 0; t < path; t++) {
              int token = t < before ? (int) plan[3] + t : own + t - before;
              System.arraycopy(
                  kv, (head * path + t) * dim, cells, (head * tokens + token) * width, dim);
            }
          }
          fill(Precision.FP32, manager, table, cells);
          PtNDArray all = buffer(manager, above + queries, (long) heads * dim);
          float[] rows = new float[(above + queries) * heads * dim];
          System.arraycopy(q, 0, rows, above * heads * dim, q.length);
          fill(Precision.FP32, manager, all, rows);
          PtNDArray into = buffer(manager, queries, (long) heads * dim);
          int most = machine.processor().kernels().maskRows();
          PtNDArray mask =
              window == 0
                  ? program.tensor(manager, "mask", most, before)
                  : program.tensor(manager, "window_mask", most, window);
          PtNDArray seen = program.tensor(manager, "path", table, plan, 0, queries);
          PtNDArray spread = program.tensor(manager, "spread", all, heads, width);
          PtNDArray asking = (PtNDArray) spread.get(above + ":");
          program.run("attend", asking, seen, mask, into, layer.numbers(window), layer.facts());
          return into.toFloatArray();
        });
  }

  @ParameterizedTest
  @EnumSource
  void aRowHasTheSameBitsInAnyNumberOfRows(Precision precision) {
    ThisProcessor.assumeHas(precision);
    on(precision);
    List<Model> models = new ArrayList<>(MODELS);
    if (FULL) {
      models.addAll(LARGE_MODELS);
    }
    for (Model model : models) {
      Layer layer = new Layer(model);
      Rows expected = layer.inBlocksOfLeastRows();
      IntStream few = IntStream.rangeClosed(1, 70);
      IntStream many = random.ints(20, 71, MOST_ROWS + 1);
      IntStream.concat(few, many)
          .forEach(rows -> layer.compare(rows, random.nextInt(LAST_OFFSET + 1), expected));
      layer.close();
    }
    assertThat(differences).as("seed %d", seed).isEmpty();
  }

  /**
   * What comes of rows; each array of so many numbers for each row.
   *
   * @param keysValues the table's part
   * @param hidden after attention's output and the MLP
   */
  private record Rows(float[] queries, float[] keysValues, float[] hidden) {}

  /** A layer without attention: each row has one right answer. */
  private final class Layer {
    private final Model model;
    private final PtNDManager own = machine.hostForAWhile();
    private final PtNDArray[] weights;
    private final PtNDArray angles;
    private final LayerShape shape;
    private final float[] stream;

    Layer(Model model) {
      this.model = model;
      this.stream = numbers((LAST_OFFSET + MOST_ROWS + 64) * model.hidden, 1);
      this.shape = model.shape(machine.processor());
      long queries = (long) model.heads * model.dim;
      long all = queries + 2L * model.kvHeads * model.dim;
      boolean norms = machine.processor().precision() != Precision.FP32;
      this.weights =
          machine
              .workers()
              .call(
                  () ->
                      new PtNDArray[] {
                        matrix(all, model.hidden),
                        vector(model.biases, all),
                        matrix(model.hidden, queries),
                        vector(model.biases, model.hidden),
                        matrix(2L * model.inner, model.hidden),
                        vector(model.biases, 2L * model.inner),
                        matrix(model.hidden, model.inner),
                        vector(model.biases, model.hidden),
                        vector(model.biases, model.dim),
                        vector(model.biases, model.dim),
                        vector(norms, model.hidden),
                        vector(norms, model.hidden),
                        vector(false, 0),
                        vector(false, 0)
                      });
      this.angles =
          machine
              .workers()
              .call(
                  () ->
                      program.tensor(
                          own,
                          "rotary",
                          2,
                          model.dim,
                          model.dim,
                          10_000.0,
                          0,
                          new double[] {},
                          1.0));
    }

    private PtNDArray matrix(long rows, long columns) {
      PtNDArray into = machine.buffer(own, machine.processor().matrixType(), rows, columns);
      fill(
          machine.processor().precision(),
          own,
          into,
          numbers((int) (rows * columns), Math.sqrt(1.0 / columns)));
      return into;
    }

    private PtNDArray vector(boolean given, long size) {
      PtNDArray into = buffer(own, given ? size : 0);
      if (given) {
        fill(machine.processor().precision(), own, into, numbers((int) size, 1));
      }
      return into;
    }

    /** The right answers. */
    Rows inBlocksOfLeastRows() {
      int least = Kernels.LEAST_ROWS;
      int rows = LAST_OFFSET + MOST_ROWS;
      Rows all =
          new Rows(
              new float[rows * model.heads * model.dim],
              new float[rows * 2 * model.kvHeads * model.dim],
              new float[rows * model.hidden]);
      for (int first = 0; first < rows; first += least) {
        int count = Math.min(least, rows - first);
        Rows block = computed(count, first);
        copy(block.queries, all.queries, first, count);
        copy(block.keysValues, all.keysValues, first, count);
        copy(block.hidden, all.hidden, first, count);
      }
      return all;
    }

    private static void copy(float[] block, float[] all, int first, int rows) {
      System.arraycopy(block, 0, all, first * (block.length / rows), block.length);
    }

    void compare(int rows, int offset, Rows expected) {
      Rows found = computed(rows, offset);
      compare("queries", rows, offset, found.queries, expected.queries);
      compare("keys and values", rows, offset, found.keysValues, expected.keysValues);
      compare("output and MLP", rows, offset, found.hidden, expected.hidden);
    }

    private void compare(String what, int rows, int offset, float[] found, float[] expected) {
      int width = found.length / rows;
      int from = offset * width;
      int at = Arrays.mismatch(found, 0, found.length, expected, from, from + found.length);
      if (at >= 0) {
        differences.add(
            "%s, %s: %d rows from %d on, row %d is another"
                .formatted(what, model, rows, offset, at / width));
      }
    }

    /** As a forward pass does it, rows filled up where they are few. */
    private Rows computed(int rows, int offset) {
      int filled = Math.max(rows, Kernels.LEAST_ROWS);
      int tokens = offset + filled;
      int width = model.heads * model.dim;
      long[] places = IntStream.range(0, tokens).mapToLong(t -> t).toArray();
      // Whatever fills up is another for each number of rows.
      float[] start = Arrays.copyOf(stream, tokens * model.hidden);
      for (int i = (offset + rows) * model.hidden; i < start.length; i++) {
        start[i] = -rows;
      }
      return task(
          manager -> {
            PtNDArray hidden = buffer(manager, tokens, model.hidden);
            fill(Precision.FP32, manager, hidden, start);
            PtNDArray positions = longs(manager, places);
            PtNDArray table = machine.keysValues(manager, shape, tokens);
            program.run(
                "keys_values",
                hidden,
                offset,
                tokens,
                weights,
                shape.numbers(0),
                shape.facts(),
                angles,
                positions,
                table);
            PtNDArray x = (PtNDArray) hidden.get(offset + ":");
            PtNDArray turns = (PtNDArray) angles.get(offset + ":" + tokens);
            PtNDArray queries =
                program.tensor(
                    manager,
                    "queries",
                    x,
                    weights,
                    shape.numbers(0),
                    shape.facts(),
                    turns,
                    (int) table.getShape().get(2));
            float[] asked = Arrays.copyOf(queries.toFloatArray(), rows * width);
            // In place of what they attend to: numbers that are there already.
            PtNDArray flat = buffer(manager, filled, width);
            fill(Precision.FP32, manager, flat, queries.toFloatArray());
            program.run("finish", x, flat, weights, shape.numbers(0), shape.facts());
            int first = offset * model.hidden;
            return new Rows(
                asked,
                rows(table, offset, rows, model),
                Arrays.copyOfRange(hidden.toFloatArray(), first, first + rows * model.hidden));
          });
    }

    void close() {
      own.close();
    }
  }

  private static float[] rows(PtNDArray table, int first, int count, Model model) {
    int tokens = (int) table.getShape().get(1);
    int width = (int) table.getShape().get(2);
    int heads = 2 * model.kvHeads;
    float[] cells = table.toFloatArray();
    float[] rows = new float[count * heads * model.dim];
    for (int r = 0; r < count; r++) {
      for (int head = 0; head < heads; head++) {
        int from = (head * tokens + first + r) * width;
        System.arraycopy(cells, from, rows, (r * heads + head) * model.dim, model.dim);
      }
    }
    return rows;
  }

  /** On the thread that computes, with tensors that end with the task. */
  private <T> T task(Function<PtNDManager, T> work) {
    return machine
        .workers()
        .call(
            () -> {
              try (PtNDManager manager = machine.hostForAWhile()) {
                return work.apply(manager);
              }
            });
  }

  private PtNDArray buffer(PtNDManager owner, long... sizes) {
    return machine.buffer(owner, Precision.FP32.torchType(), sizes);
  }

  private void fill(Precision precision, PtNDManager owner, PtNDArray into, float[] values) {
    try (PtNDManager own = (PtNDManager) owner.newSubManager()) {
      PtNDArray stored = own.create(FloatBuffer.wrap(values), into.getShape(), DataType.FLOAT32);
      program.run("widen", into, 0, stored, precision.torchType(), machine.anchor());
    }
  }

  private static PtNDArray longs(PtNDManager owner, long[] values) {
    return owner.create(LongBuffer.wrap(values), new Shape(values.length), DataType.INT64);
  }

  private float[] numbers(int count, double scale) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * scale);
    }
    return numbers;
  }
}
