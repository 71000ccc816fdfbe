package io.touchstone.spark;

import com.sun.management.OperatingSystemMXBean;
import io.touchstone.files.ResultNames;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.spark.choose.FilterJob;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Ranks and filters generated rows, then holds every rank that was written against a plain sort of
 * all scores.
 *
 * <p>{@code mvn test-compile dependency:build-classpath -Dmdep.outputFile=target/cp}, then {@code
 * java @jobs/lib/jvm.options -Xmx1g -cp target/classes:target/test-classes:$(cat target/cp)
 * io.touchstone.spark.FilterBenchmark FOLDER 10000000}: rows to generate in FOLDER.
 */
final class FilterBenchmark {

  private static final String TEXT =
      "the answer to a question about rivers and mountains ".repeat(3);

  private FilterBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    double[] scores = new double[Integer.parseInt(arguments[1])];
    Path input = folder.resolve("bench.jsonl");
    generate(input, scores);
    List<Path> outputs = List.of(folder.resolve("kept"), folder.resolve("dropped"));
    ChooseConfig config = ChooseJobs.config("filter", outputs, 32 << 20, input);
    long start = System.nanoTime();
    long cpuStart = cpuNanos();
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[*]"))) {
      FilterJob.run(
          spark,
          ChooseJobs.plan(config),
          ChooseJobs.ask(null, "0.2", FilterRequest.Part.RANK),
          progress -> {});
    }
    System.out.printf(
        Locale.ROOT,
        "%,d rows, %,d bytes: %.1f s, %.1f s of processor time%n",
        scores.length,
        Files.size(input),
        (System.nanoTime() - start) / 1e9,
        (cpuNanos() - cpuStart) / 1e9);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    for (Path output : outputs) {
      System.out.printf(
          Locale.ROOT, "%s: %,d rows with the right rank%n", output, check(output, scores, sorted));
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Scores of two decimals, so that many are equal. */
  private static void generate(Path file, double[] scores) throws IOException {
    Random random = new Random(1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int id = 0; id < scores.length; id++) {
        scores[id] = Math.round(random.nextGaussian() * 400) / 100.0;
        out.write("{\"id\": " + id + ", \"text\": \"" + TEXT + "\", \"reward\": " + scores[id]);
        out.write("}\n");
      }
    }
  }

  private static long check(Path output, double[] scores, double[] sorted) throws IOException {
    long rows = 0;
    try (Stream<Path> files = Files.list(output)) {
      for (Path part : files.filter(file -> ResultNames.isPart(name(file))).sorted().toList()) {
        try (BufferedReader lines = Files.newBufferedReader(part)) {
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int id = (int) number(line, "\"id\": ");
            long expected = 1L + sorted.length - above(sorted, scores[id]);
            if (number(line, "\"rank\": ") != expected) {
              throw new AssertionError("row " + id + ": expected rank " + expected);
            }
            rows++;
          }
        }
      }
    }
    return rows;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Where the scores above {@code score} begin. */
  private static int above(double[] sorted, double score) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > score) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static long number(String line, String name) {
    int start = line.indexOf(name) + name.length();
    int end = start;
    while (Character.isDigit(line.charAt(end))) {
      end++;
    }
    return Long.parseLong(line.substring(start, end));
  }
}
