package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.batch.Rows;
import io.touchstone.batch.ScanPlan;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.device.ThisProcessor;
import io.touchstone.engine.program.Hybrid;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.MambaShape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What Mamba layers and MLPs of squared ReLUs compute for a token has the same bits wherever it
 * lies in a load and whatever lies beside it, at layers of many shapes, as {@link ShapeSweepTest}
 * holds it of decoders.
 */
final class HybridSweepTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** A layer's sizes. */
  private record Layer(int hidden, int inner, HybridLayers.Mamba mamba) {}

  private static final List<Layer> LAYERS =
      List.of(
          new Layer(48, 96, mamba(8, 8, 2, 16, 4, false, true)),
          new Layer(40, 70, mamba(12, 6, 4, 10, 3, true, false)),
          new Layer(36, 50, mamba(3, 5, 1, 7, 2, true, true)),
          new Layer(24, 33, mamba(5, 14, 5, 12, 1, false, false)),
          new Layer(64, 144, mamba(6, 32, 1, 64, 4, false, true)),
          new Layer(576, 1_536, mamba(18, 64, 2, 128, 4, false, true)));

  private static HybridLayers.Mamba mamba(
      int heads, int dim, int groups, int state, int kernel, boolean bias, boolean taps) {
    return new HybridLayers.Mamba(heads, dim, groups, state, kernel, bias, taps, 0.001);
  }

  private record Weights(PtNDArray[] tensors) implements LayerWeights {
    @Override
    public List<Runnable> fill(int layer) {
      return List.of();
    }

    @Override
    public PtNDArray any() {
      return tensors[0];
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void layersHaveTheSameBitsAtEveryPlaceOfALoad(Precision precision) {
    ThisProcessor.assumeHas(precision);
    System.out.println("seed " + seed);
    List<String> differences = new ArrayList<>();
    try (Machine machine = new Machine(Processor.cpu(precision), new Resources(1, 0, 0))) {
      for (Layer layer : LAYERS) {
        try (PtNDManager own = machine.deviceForAWhile(machine.device())) {
          Runs runs = new Runs(machine, own, layer);
          for (int tokens :
              new int[] {1, 2 + random.nextInt(60), 63, 64, 65, 64 + random.nextInt(200)}) {
            float[] row = numbers(tokens * layer.hidden);
            float[] alone = runs.run(row, new float[0], new float[0], List.of());
            for (int company = 0; company < 4; company++) {
              float[] before = numbers((1 + random.nextInt(150)) * layer.hidden);
              float[] after = numbers(random.nextInt(150) * layer.hidden);
              List<Integer> cuts = List.of(64 + random.nextInt(100), 200 + random.nextInt(100));
              float[] found = runs.run(row, before, after, cuts);
              if (!Arrays.equals(alone, found)) {
                differences.add(
                    layer + ", " + tokens + " tokens behind " + before.length / layer.hidden);
              }
            }
          }
        }
      }
    }
    assertThat(differences).as("seed %d", seed).isEmpty();
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Both kinds of a layer, one behind the other, with weights that were drawn. */
  private final class Runs {
    private final Machine machine;
    private final PtNDManager own;
    private final Layer layer;
    private final MambaShape shape;
    private final Weights mamba;
    private final Weights mlp;

    Runs(Machine machine, PtNDManager own, Layer layer) {
      this.machine = machine;
      this.own = own;
      this.layer = layer;
      this.shape = new MambaShape(layer.mamba, 1e-5, 0, machine.processor());
      long groups = layer.mamba.groups();
      long hidden = layer.hidden;
      long convolved = shape.convolvedOfGroup();
      boolean bias = layer.mamba.projectionBias();
      this.mamba =
          new Weights(
              new PtNDArray[] {
                drawn(0.2, shape.width(), hidden),
                bias ? drawn(0.2, shape.width()) : drawn(0, 0),
                drawn(0.5, groups, layer.mamba.kernel(), convolved),
                layer.mamba.convolutionBias() ? drawn(0.2, groups, convolved) : drawn(0, 0),
                drawn(1, groups, shape.headsOfGroup()),
                drawn(1, groups, shape.headsOfGroup()),
                drawn(1, groups, shape.headsOfGroup()),
                drawn(1, groups, shape.innerOfGroup()),
                drawn(0.2, hidden, layer.mamba.inner()),
                bias ? drawn(0.2, hidden) : drawn(0, 0),
                drawn(1, hidden)
              });
      this.mlp =
          new Weights(
              new PtNDArray[] {
                drawn(0.2, layer.inner, hidden),
                drawn(0.2, layer.inner),
                drawn(0.2, hidden, layer.inner),
                drawn(0.2, hidden),
                drawn(1, hidden)
              });
    }

    private PtNDArray drawn(double scale, long... sizes) {
      int count = (int) new Shape(sizes).size();
      float[] numbers = numbers(count);
      for (int i = 0; i < count; i++) {
        numbers[i] *= (float) scale;
      }
      return (PtNDArray) own.create(FloatBuffer.wrap(numbers), new Shape(sizes), DataType.FLOAT32);
    }

    /** What becomes of a row of hidden states between others. */
    float[] run(float[] row, float[] before, float[] after, List<Integer> cuts) {
      int hidden = layer.hidden;
      LoadPacker packer = new LoadPacker();
      int id = 0;
      for (float[] part : List.of(before, row, after)) {
        if (part.length > 0) {
          packer.add(List.of(ids(id++, part.length / hidden)), 0);
        }
      }
      PackedLoad load = packer.pack();
      int tokens = Math.max(load.tokens(), Kernels.LEAST_ROWS);
      float[] all = new float[tokens * hidden];
      System.arraycopy(before, 0, all, 0, before.length);
      System.arraycopy(row, 0, all, before.length, row.length);
      System.arraycopy(after, 0, all, before.length + row.length, after.length);
      try (PtNDManager owner = machine.deviceForAWhile(own)) {
        PtNDArray states =
            (PtNDArray)
                owner.create(FloatBuffer.wrap(all), new Shape(tokens, hidden), DataType.FLOAT32);
        PtNDArray table = machine.buffer(owner, 6, tokens, shape.width());
        machine.workers().run(List.of(() -> layers(states, table, load, parts(tokens, cuts))));
        float[] found = states.toFloatArray();
        return Arrays.copyOfRange(found, before.length, before.length + row.length);
      }
    }

    private void layers(PtNDArray states, PtNDArray table, PackedLoad load, List<Rows> parts) {
      Hybrid program = machine.program().hybrid();
      parts.forEach(part -> program.mambaIn(mamba, states, part, shape, table));
      for (ScanPlan plan : ScanPlan.of(load, MambaShape.CHUNK, shape.before(), 1)) {
        for (int group = 0; group < layer.mamba.groups(); group++) {
          program.mambaChunks(mamba, table, group, shape, plan);
        }
      }
      parts.forEach(part -> program.mambaOut(mamba, states, part, shape, table));
      parts.forEach(part -> program.squaredMlp(mlp, states, part, shape));
    }

    private int[] ids(int id, int count) {
      int[] ids = new int[count];
      Arrays.fill(ids, id);
      return ids;
    }

    /** None with fewer rows than a product must have. */
    private List<Rows> parts(int tokens, List<Integer> cuts) {
      List<Rows> parts = new ArrayList<>();
      int first = 0;
      for (int cut : cuts) {
        int least = Kernels.LEAST_ROWS;
        if (cut - first >= least && tokens - cut >= least) {
          parts.add(new Rows(first, cut));
          first = cut;
        }
      }
      parts.add(new Rows(first, tokens));
      return parts;
    }
  }
}
