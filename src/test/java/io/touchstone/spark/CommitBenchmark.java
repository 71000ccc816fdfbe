package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.PieceOutput;
import io.touchstone.jobs.annotate.AnnotateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * How many pieces can be committed in a second: on a local disk, on an HDFS of one process, or in
 * any folder.
 *
 * <pre>
 * mvn -q test-compile
 * java @jobs/lib/jvm.options -cp target/test-classes:target/classes:CLASSPATH \
 *   io.touchstone.spark.CommitBenchmark FOLDER|hdfs [PIECES]
 * </pre>
 *
 * Each piece has a part of one short row and no rejected lines. On two cores of a shared machine,
 * ext4 on a virtual disk: see docs/benchmarks.md.
 */
final class CommitBenchmark {

  private CommitBenchmark() {}

  record Counts(int piece) {}

  public static void main(String[] args) throws Exception {
    int pieces = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    if (!args[0].equals("hdfs")) {
      measure(args[0], pieces);
      return;
    }
    Path folder = Files.createTempDirectory("hdfs");
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    long begun = System.nanoTime();
    MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build();
    cluster.waitActive();
    System.out.printf(Locale.ROOT, "HDFS stands after %.1f s%n", secondsSince(begun));
    measure(cluster.getURI() + "/commits", pieces);
    cluster.shutdown();
    System.exit(0);
  }

  private static void measure(String folder, int pieces) throws Exception {
    Path input = Files.createTempFile("in", ".jsonl");
    String row = Jobs.row(1, "a") + "\n";
    Files.writeString(input, row.repeat(pieces));
    for (int threads : new int[] {1, 4, 16}) {
      AnnotateConfig config = Jobs.config(folder + "/" + threads, row.length(), input.toString());
      OutputFolder output =
          Jobs.plan(config, FakeScorerFactory.named("commits")).folder(new Configuration());
      output.begin();
      ExecutorService tasks = Executors.newFixedThreadPool(threads);
      AtomicInteger next = new AtomicInteger();
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        work.add(
            () -> {
              for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                commit(output, i);
              }
              return true;
            });
      }
      long begun = System.nanoTime();
      for (Future<Boolean> done : tasks.invokeAll(work)) {
        done.get();
      }
      double seconds = secondsSince(begun);
      tasks.shutdown();
      System.out.printf(
          Locale.ROOT, "%d threads: %.0f commits a second%n", threads, pieces / seconds);
    }
  }

  private static void commit(OutputFolder output, int piece) throws IOException {
    try (PieceOutput out = new PieceOutput(output.forAttempts(), piece, 1 << 20, "attempt")) {
      out.row("{\"prompt\": \"question\", \"reward\": 1.5}".getBytes(UTF_8));
      out.finish();
      if (!out.commit(new Counts(piece))) {
        throw new IllegalStateException("piece " + piece + " was committed before");
      }
    }
  }

  private static double secondsSince(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
