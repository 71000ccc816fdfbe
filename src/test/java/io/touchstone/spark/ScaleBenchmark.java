package io.touchstone.spark;

import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.read.ListingFileSystem;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.FinishedAnnotate;
import io.touchstone.progress.ProgressSums;
import io.touchstone.spark.annotate.AnnotateJob;
import io.touchstone.spark.progress.LiveProgress;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.util.AccumulatorV2;
import scala.Option;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a driver does for a job of 100,000 pieces on 1,000 executors: planning on a filesystem that
 * only lists, handing out tasks that do nothing, reading heartbeats; and whole jobs of many pieces
 * on a local disk.
 *
 * <p>{@code mvn test-compile dependency:build-classpath -Dmdep.outputFile=target/cp}, then {@code
 * java @jobs/lib/jvm.options -Xmx2g -cp target/classes:target/test-classes:$(cat target/cp)
 * io.touchstone.spark.ScaleBenchmark FOLDER}.
 */
final class ScaleBenchmark {
  private static final int EXECUTORS = 1_000;
  private static final int TASKS_OF_AN_EXECUTOR = 8;

  private ScaleBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    AnnotatePlan plan = plan(folder);
    SparkConf conf = Jobs.spark("local[2]").set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      tasks(spark, plan);
      heartbeats(spark);
      for (int pieces : new int[] {500, 1_000, 10_000}) {
        job(spark, folder, pieces);
      }
    }
  }

  private static AnnotatePlan plan(Path folder) throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.listing.impl", ListingFileSystem.class.getName());
    AnnotateConfig config = Jobs.config(folder.resolve("never"), 32 << 20, "listing:///");
    long before = usedBytes();
    long start = System.nanoTime();
    AnnotatePlan plan = AnnotatePlan.of(config, hadoop, FakeScorerFactory.named("scale").model());
    double seconds = since(start);
    long after = usedBytes();
    start = System.nanoTime();
    int json = JsonFile.bytes(plan.record()).length;
    System.out.printf(
        Locale.ROOT,
        "plan: %,d files, %,d pieces, %.1f TiB: %.2f s, %.1f MiB of heap; _plan.json %.1f MiB in %.2f s%n",
        plan.files().size(),
        plan.pieces().size(),
        plan.bytes() / Math.pow(2, 40),
        seconds,
        (after - before) / 1048576.0,
        json / 1048576.0,
        since(start));
    return plan;
  }

  private static void tasks(JavaSparkContext spark, AnnotatePlan plan) {
    LiveProgress live = new LiveProgress(ProgressCounters.of(spark.sc()));
    spark.sc().addSparkListener(live);
    for (int pieces : new int[] {10_000, plan.pieces().size()}) {
      List<Piece> some = plan.pieces().subList(0, pieces);
      long before = usedBytes();
      long start = System.nanoTime();
      long counted =
          spark
              .parallelize(some, pieces)
              .mapPartitions(
                  each -> {
                    List<Integer> found = new ArrayList<>();
                    each.forEachRemaining(piece -> found.add(piece.index()));
                    return found.iterator();
                  })
              .count();
      double seconds = since(start);
      System.out.printf(
          Locale.ROOT,
          "tasks: %,d that do nothing: %.1f s, %.0f a second, %.1f MiB of heap more%n",
          counted,
          seconds,
          counted / seconds,
          (usedBytes() - before) / 1048576.0);
    }
    spark.sc().removeSparkListener(live);
  }

  /** As many as come in ten seconds, at Spark's usual interval. */
  private static void heartbeats(JavaSparkContext spark) {
    ProgressCounters counters = ProgressCounters.of(spark.sc());
    LiveProgress live = new LiveProgress(counters);
    List<SparkListenerExecutorMetricsUpdate> beats = new ArrayList<>();
    for (int e = 0; e < EXECUTORS; e++) {
      List<Tuple4<Object, Object, Object, Seq<AccumulableInfo>>> tasks = new ArrayList<>();
      for (int t = 0; t < TASKS_OF_AN_EXECUTOR; t++) {
        long id = (long) e * TASKS_OF_AN_EXECUTOR + t;
        live.onTaskStart(new SparkListenerTaskStart(0, 0, task(id)));
        List<AccumulableInfo> updates = new ArrayList<>();
        TaskMetrics.empty().accumulators().foreach(own -> updates.add(info(own)));
        Stream.of(
                counters.rows(),
                counters.rejected(),
                counters.tokens(),
                counters.bytes(),
                counters.started())
            .forEach(counter -> updates.add(info(counter)));
        tasks.add(new Tuple4<>(id, 0, 0, seq(updates)));
      }
      beats.add(
          new SparkListenerExecutorMetricsUpdate(
              Integer.toString(e), seq(tasks), scala.collection.immutable.Map$.MODULE$.empty()));
    }
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      beats.forEach(live::onExecutorMetricsUpdate);
      double read = since(start);
      start = System.nanoTime();
      ProgressSums sums = live.sums();
      System.out.printf(
          Locale.ROOT,
          "heartbeats: %,d executors of %d tasks: %.1f ms of every 10 s; sums in %.2f ms (%d)%n",
          EXECUTORS,
          TASKS_OF_AN_EXECUTOR,
          read * 1e3,
          since(start) * 1e3,
          sums.rows());
    }
  }

  private static TaskInfo task(long id) {
    return new TaskInfo(id, (int) id, 0, 0, 0, "0", "127.0.0.1", TaskLocality.ANY(), false);
  }

  private static AccumulableInfo info(AccumulatorV2<?, ?> counter) {
    return counter.toInfo(Option.apply(1L), Option.apply(1L));
  }

  private static <T> Seq<T> seq(List<T> all) {
    return CollectionConverters.asScala(all).toSeq();
  }

  private static void job(JavaSparkContext spark, Path folder, int pieces) throws IOException {
    Path input = Files.createDirectories(folder.resolve("in-" + pieces));
    for (int i = 0; i < pieces; i++) {
      Files.writeString(
          input.resolve(String.format(Locale.ROOT, "%06d.jsonl", i)), Jobs.row(i, "one") + "\n");
    }
    long start = System.nanoTime();
    AnnotatePlan plan =
        Jobs.plan(
            Jobs.config(folder.resolve("out-" + pieces), 32 << 20, input.toString()),
            FakeScorerFactory.named("scale-" + pieces));
    double planned = since(start);
    start = System.nanoTime();
    AnnotateJob.run(spark, plan, FakeScorerFactory.named("scale-" + pieces), progress -> {});
    double seconds = since(start);
    start = System.nanoTime();
    FinishedAnnotate.verified(plan, new OutputFolders(List.of(plan.folder(new Configuration()))));
    System.out.printf(
        Locale.ROOT,
        "job: %,d pieces of one row on a local disk: planned in %.2f s, done in %.1f s, %.2f ms a piece;"
            + " its counts verified in %.2f s%n",
        pieces,
        planned,
        seconds,
        seconds * 1e3 / pieces,
        since(start));
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
