package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.files.commit.CommitStep;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.commit.OutputState;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.AnnotateSummary;
import io.touchstone.jobs.annotate.FinishedAnnotate;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.annotate.AnnotateWork;
import io.touchstone.spark.annotate.TaskSettings;
import io.touchstone.spark.attempt.Attempt;
import io.touchstone.spark.attempt.PieceTask;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
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
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** A job in a process of its own, which a test may kill. */
final class JobProcess implements AutoCloseable {

  static final long LOAD_MILLIS = 2;
  private static final String READY = "the work begins";

  private final Process process;

  /** What the process runs of a job. */
  enum Kind {
    /** All of it. */
    SPARK,
    /** All but Spark, which takes seconds to start: two threads stand for its tasks. */
    PLAIN
  }

  /**
   * @param haltAt empty, or the commit step at whose n-th time the process ends itself, as {@code
   *     STEP:n}
   * @param ledger that a {@link Kind#SPARK} uses; empty for none
   */
  record Call(
      Kind kind,
      String input,
      String output,
      long pieceBytes,
      String haltAt,
      Harm harm,
      String ledger) {

    Call(Kind kind, Path input, Path output, long pieceBytes, String haltAt, Harm harm) {
      this(kind, input.toString(), output.toString(), pieceBytes, haltAt, harm, "");
    }
  }

  private JobProcess(Process process) {
    this.process = process;
  }

  static JobProcess start(Call call) throws IOException {
    return start(call, List.of());
  }

  /**
   * @param before what starts the process, given its command line as further arguments
   */
  static JobProcess start(Call call, List<String> before) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "@jobs/lib/jvm.options", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), JobProcess.class.getName()));
    command.addAll(
        List.of(
            call.kind.name(),
            call.input,
            call.output,
            Long.toString(call.pieceBytes),
            call.haltAt,
            call.harm.name(),
            call.ledger));
    // Kept: why a process failed that should not have can be read nowhere else.
    File log = Files.createTempFile(Path.of("target"), "job-process-", ".log").toFile();
    Process process = new ProcessBuilder(command).redirectError(log).start();
    return new JobProcess(process);
  }

  /** Returns when the process begins its work, or has ended without. */
  void awaitReady() throws IOException {
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(READY)) {
        return;
      }
    }
  }

  /** With SIGKILL; false if it had ended before. */
  boolean kill() throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor() == 128 + 9;
  }

  int await() throws InterruptedException {
    return process.waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] args) throws Exception {
    String output = args[2];
    Harm harm = Harm.valueOf(args[5]);
    AnnotateConfig config =
        Jobs.withRowSeconds(
            Jobs.config(output, Long.parseLong(args[3]), args[1]), harm.hangs() ? 1 : 0);
    if (!args[4].isEmpty()) {
      haltAt(args[4]);
    }
    FakeScorerFactory fake = FakeScorerFactory.named("process");
    ScorerFactory scorers =
        harm.to(
            new InterposedScorers(
                harm.hangs() ? fake.withLoadTokens(Harm.FEW_TOKENS) : fake,
                new SlowLoads(LOAD_MILLIS)));
    AnnotatePlan plan = Jobs.plan(config, scorers);
    PrintStream out = System.out;
    switch (Kind.valueOf(args[0])) {
      case SPARK -> {
        try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[2]"))) {
          out.println(READY);
          Jobs.run(spark, Jobs.withLedger(config, args[6]), scorers);
        }
      }
      case PLAIN -> {
        out.println(READY);
        plain(plan, scorers);
      }
    }
    System.exit(0);
  }

  private static void haltAt(String stepAndTime) {
    String[] parts = stepAndTime.split(":");
    CommitStep deadly = CommitStep.valueOf(parts[0]);
    int[] left = {Integer.parseInt(parts[1])};
    CommitStep.listen(
        step -> {
          synchronized (left) {
            if (step == deadly && --left[0] == 0) {
              Runtime.getRuntime().halt(99);
            }
          }
        });
  }

  private static void plain(AnnotatePlan plan, ScorerFactory scorers) throws Exception {
    OutputFolder folder = plan.folder(new Configuration());
    if (folder.check() instanceof OutputState.Finished) {
      return;
    }
    Set<Integer> done = new HashSet<>(folder.begin());
    AnnotateConfig config = plan.config();
    LongAccumulator[] counters = new LongAccumulator[8];
    Arrays.setAll(counters, i -> new LongAccumulator());
    TaskSettings settings =
        new TaskSettings(
            config.rules(),
            config.labels(),
            config.writing(),
            config.groupBytes(),
            config.policy().rowSeconds(),
            config.ledger());
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
    List<Future<?>> running = new ArrayList<>();
    for (Piece piece : plan.pieces()) {
      if (!done.contains(piece.index())) {
        running.add(
            tasks.submit(
                () ->
                    new Attempt(piece, task, new Configuration())
                        .run(new AnnotateWork(settings, scorers, "plain", new LongAccumulator()))));
      }
    }
    for (Future<?> attempt : running) {
      attempt.get();
    }
    tasks.shutdown();
    folder.settle();
    FinishedAnnotate finished = FinishedAnnotate.verified(plan, new OutputFolders(List.of(folder)));
    folder.succeed(
        AnnotateSummary.of(
            plan,
            new AnnotateReport(
                finished.totals(),
                finished.withheld(),
                new AnnotateReport.Seconds(0, 0, 0, 0),
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
