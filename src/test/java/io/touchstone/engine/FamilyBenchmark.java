package io.touchstone.engine;

import com.sun.management.OperatingSystemMXBean;
import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.scoring.ForwardPass;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a token costs in models of the same shapes, beside each other: the processor's time, which
 * other programs on the machine change less than the clock's.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
 * java @jobs/lib/jvm.options -cp target/test-classes:target/classes:$(cat target/test-classpath.txt) \
 *     io.touchstone.engine.FamilyBenchmark MODEL_FOLDER OTHER_FOLDER...
 * </pre>
 *
 * <p>Rounds of all models alternate, each over conversations of random tokens, 512 and 4,096 long,
 * of which nothing is shared. The last column is the median of a model's time over the first one's
 * in the same round.
 */
final class FamilyBenchmark {
  private static final int ROUNDS = 7;
  private static final int[] LENGTHS = {512, 4_096};
  private static final int TOKENS = 4_096;

  private FamilyBenchmark() {}

  public static void main(String[] args) {
    List<ForwardPass> models = new ArrayList<>();
    for (String folder : args) {
      Checkpoint checkpoint = Checkpoint.open(Path.of(folder));
      models.add(
          EngineScorerFactory.forwardPass(
              checkpoint,
              HeadParts.of(checkpoint, new CausalReward.OfToken(0)),
              Processor.cpu(Precision.FP32),
              new Resources(1, 0, 0)));
    }
    System.out.println("| model | tokens | ms a token | times the first |");
    System.out.println("|---|---|---|---|");
    for (int length : LENGTHS) {
      PackedLoad load = load(length);
      models.forEach(model -> model.score(load));
      double[][] rounds = new double[models.size()][ROUNDS];
      double[][] shares = new double[models.size()][ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        for (int m = 0; m < models.size(); m++) {
          rounds[m][round] = millis(models.get(m), load);
          shares[m][round] = rounds[m][round] / rounds[0][round];
        }
      }
      for (int m = 0; m < models.size(); m++) {
        System.out.printf(
            Locale.ROOT,
            "| %s | %,d | %.3f | %.2f |%n",
            Path.of(args[m]).getFileName(),
            length,
            median(rounds[m]) / TOKENS,
            median(shares[m]));
      }
    }
    System.exit(0);
  }

  private static PackedLoad load(int length) {
    Random random = new Random(length);
    LoadPacker packer = new LoadPacker();
    IntStream.range(0, TOKENS / length)
        .forEach(i -> packer.add(List.of(random.ints(length, 0, 500).toArray())));
    return packer.pack();
  }

  private static double millis(ForwardPass model, PackedLoad load) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    model.score(load);
    return (system.getProcessCpuTime() - before) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
