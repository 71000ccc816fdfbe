package io.touchstone.spark;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.commit.OutputState;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.generate.FinishedGenerate;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.GeneratePlan;
import io.touchstone.jobs.generate.GenerateReport;
import io.touchstone.jobs.generate.GenerateSummary;
import io.touchstone.spark.attempt.Attempt;
import io.touchstone.spark.attempt.PieceTask;
import io.touchstone.spark.generate.GenerateTask;
import io.touchstone.spark.generate.GenerateWork;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.LongAccumulator;

/**
 * A generate job in a process of its own, which a test may kill: all of it but Spark, which takes
 * seconds to start; two threads stand for its tasks.
 */
final class GenerateProcess implements AutoCloseable {

  private final Process process;

  /**
   * What the process is to do.
   *
   * @param passMillis that a pass takes at least
   * @param passSeconds that one may take; 0 for any time
   */
  record Call(
      Path input,
      Path output,
      long pieceBytes,
      PromptHarm harm,
      long passMillis,
      int passSeconds) {}

  private GenerateProcess(Process process) {
    this.process = process;
  }

  static GenerateProcess start(Call call) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "@jobs/lib/jvm.options", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), GenerateProcess.class.getName()));
    command.addAll(
        List.of(
            call.input.toString(),
            call.output.toString(),
            Long.toString(call.pieceBytes),
            call.harm.name(),
            Long.toString(call.passMillis),
            Integer.toString(call.passSeconds)));
    return new GenerateProcess(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** With SIGKILL; false if it had ended before. */
  boolean kill() throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor() == 128 + 9;
  }

  int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] args) throws Exception {
    FakeGeneratorFactory generators =
        FakeGeneratorFactory.named("process")
            .with(PromptHarm.valueOf(args[3]))
            .withPasses(Long.parseLong(args[4]));
    GenerateConfig config =
        GenerateJobs.withPolicy(
            GenerateJobs.config(Path.of(args[1]), Long.parseLong(args[2]), Path.of(args[0])),
            (rejected, in) -> false,
            Integer.parseInt(args[5]));
    run(GenerateJobs.plan(config, generators), generators, new Configuration());
    System.exit(0);
  }

  /** Runs a job without Spark. */
  static void run(GeneratePlan plan, FakeGeneratorFactory generators, Configuration hadoop)
      throws Exception {
    OutputFolder folder = plan.folder(hadoop);
    if (folder.check() instanceof OutputState.Finished) {
      return;
    }
    Set<Integer> done = new HashSet<>(folder.begin());
    GenerateConfig config = plan.config();
    LongAccumulator[] counters = new LongAccumulator[8];
    Arrays.setAll(counters, i -> new LongAccumulator());
    GenerateTask settings =
        new GenerateTask(
            config.prompts(), config.reading().maxLineBytes(), config.policy().rowSeconds());
    PieceTask task =
        new PieceTask(
            List.of(folder.layout()),
            config.reading().maxLineBytes(),
            new ProgressCounters(
                counters[0],
                counters[1],
                counters[2],
                counters[3],
                counters[4],
                counters[5],
                counters[6],
                counters[7]),
            null);
    ExecutorService tasks = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Piece piece : plan.pieces()) {
        if (!done.contains(piece.index())) {
          running.add(
              tasks.submit(
                  () ->
                      new Attempt(piece, task, hadoop)
                          .run(
                              new GenerateWork(
                                  settings, generators, "plain", new LongAccumulator()))));
        }
      }
      for (Future<?> attempt : running) {
        attempt.get();
      }
    } finally {
      tasks.shutdown();
    }
    folder.settle();
    FinishedGenerate finished = FinishedGenerate.verified(plan, new OutputFolders(List.of(folder)));
    folder.succeed(
        GenerateSummary.of(
            plan,
            new GenerateReport(
                finished.totals(),
                finished.withheld(),
                new GenerateReport.Seconds(0, 0, 0),
                plan.pieces().size(),
                done.size(),
                0,
                SkippedFiles.NONE,
                folder.layout().folder(),
                folder.layout().rejectedFolder().toString(),
                Optional.empty(),
                Optional.empty(),
                false),
            finished.timings()));
  }
}
