package io.touchstone.spark.replica;

import io.touchstone.problem.JobException;
import io.touchstone.problem.TaskFailure;
import io.touchstone.scoring.LoadedModel;
import io.touchstone.scoring.ModelFactory;
import io.touchstone.scoring.ScorerException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Opens the model on one executor before any piece is scheduled: what is wrong with it there is
 * told once, and not by every task.
 */
public final class Preflight {

  private static final long POLL_MILLIS = 50;

  /** At least, where slots are not known yet. */
  private static final int TASKS_OF_AN_EXECUTOR = 4;

  /** Opens the model in the process that asks. */
  @FunctionalInterface
  public interface Opening extends Serializable {
    LoadedModel model();
  }

  private final JavaSparkContext spark;
  private final long waitNanos;

  private Preflight(JavaSparkContext spark, int waitSeconds) {
    this.spark = spark;
    this.waitNanos = waitSeconds * 1_000_000_000L;
  }

  /**
   * Does nothing where Spark runs in this process: the first task opens the replica, and says the
   * same.
   *
   * @throws JobException if the replica does not open, is not sound, or no executor comes in time,
   *     or if one of those that have come lacks what the model needs of its machine
   */
  public static void run(
      JavaSparkContext spark, ModelFactory<?> factory, Opening opening, int waitSeconds) {
    if (!spark.sc().isLocal()) {
      new Preflight(spark, waitSeconds).run(opening);
      if (factory.asksMachines()) {
        askMachines(spark, factory);
      }
    }
  }

  /**
   * As many tasks as there are slots, given out at once: each executor that is idle takes some. One
   * that comes later is told when it opens the model.
   */
  private static void askMachines(JavaSparkContext spark, ModelFactory<?> factory) {
    int executors = spark.sc().statusTracker().getExecutorInfos().length;
    int slots = Math.max(spark.defaultParallelism(), TASKS_OF_AN_EXECUTOR * executors);
    List<Integer> tasks = IntStream.range(0, slots).boxed().toList();
    // Told and not thrown, as a task that fails is tried again, maybe elsewhere.
    List<String> lacking =
        spark.parallelize(tasks, slots).map(one -> lacks(factory)).distinct().collect().stream()
            .filter(told -> !told.isEmpty())
            .sorted()
            .toList();
    if (!lacking.isEmpty()) {
      throw new JobException(String.join("\n", lacking));
    }
  }

  /** Runs on an executor; empty if it lacks nothing. */
  private static String lacks(ModelFactory<?> factory) {
    try {
      factory.checkMachine();
      return "";
    } catch (ScorerException e) {
      return unusable(e);
    }
  }

  private void run(Opening opening) {
    JavaFutureAction<Void> task =
        spark.parallelize(List.of(0), 1).foreachAsync(one -> open(opening));
    long lastActive = System.nanoTime();
    try {
      while (!task.isDone()) {
        Thread.sleep(POLL_MILLIS);
        if (isActive(task)) {
          lastActive = System.nanoTime();
        } else if (System.nanoTime() - lastActive > waitNanos) {
          task.cancel(true);
          throw new JobException(missing());
        }
      }
      task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new JobException("interrupted while the model was tried on an executor", e);
    } catch (ExecutionException | CancellationException e) {
      throw TaskFailure.of(e);
    }
  }

  private boolean isActive(JavaFutureAction<?> task) {
    return task.jobIds().stream()
        .map(spark.statusTracker()::getJobInfo)
        .filter(Objects::nonNull)
        .flatMapToInt(job -> Arrays.stream(job.stageIds()))
        .mapToObj(spark.statusTracker()::getStageInfo)
        .anyMatch(stage -> stage != null && stage.numActiveTasks() > 0);
  }

  private String missing() {
    SparkConf conf = spark.getConf();
    // The driver counts as one.
    int executors = spark.sc().statusTracker().getExecutorInfos().length - 1;
    String taskCores = conf.get("spark.task.cpus", "1");
    String needs =
        executors < 1
            ? "an executor needs "
                + conf.get("spark.executor.memory", "1g")
                + " of memory, "
                + conf.get("spark.executor.cores", taskCores)
                + " cores"
                + resources(conf, "spark.executor.resource.")
            : "a task needs " + taskCores + " cores" + resources(conf, "spark.task.resource.");
    return "no executor took the first task within "
        + waitNanos / 1_000_000_000L
        + " s (--wait-for-executors): "
        + (executors < 1 ? "none has registered" : executors + " have registered, none is free")
        + "; "
        + needs
        + ", and "
        + spark.master()
        + (executors < 1
            ? " has no room for that, or its executors die as they start: its own pages and their"
                + " logs say which"
            : " gives none of them that much");
  }

  private static String resources(SparkConf conf, String prefix) {
    return Arrays.stream(conf.getAllWithPrefix(prefix))
        .filter(entry -> entry._1().endsWith(".amount"))
        .map(entry -> ", " + entry._2() + " " + entry._1().replace(".amount", ""))
        .collect(Collectors.joining());
  }

  /** Runs on an executor. */
  private static void open(Opening opening) {
    try {
      opening.model().ready();
    } catch (RuntimeException | LinkageError e) {
      throw new JobException(unusable(e), e);
    }
  }

  private static String unusable(Throwable failure) {
    SparkEnv env = SparkEnv.get();
    return "the model cannot be used on executor "
        + env.executorId()
        + " on "
        + env.blockManager().blockManagerId().host()
        + TaskGpu.given().map(gpu -> ", given GPU " + gpu.address()).orElse("")
        + ": "
        + onOneLine(failure);
  }

  /** A model's problems stand on a line each, and of a failed task the first line is told. */
  private static String onOneLine(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }
}
