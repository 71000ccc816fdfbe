package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.files.commit.CommitStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver in a process of its own that runs one job after another, and stops itself with SIGSTOP
 * in the middle of each, until it is told to go on.
 */
final class StoppableDriver implements AutoCloseable {

  static final String DONE = "0";

  private static final String READY = "ready";

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter calls;

  /**
   * @param time at whose n-th time the process stops
   */
  record Halt(CommitStep step, int time) {}

  private StoppableDriver(Process process) {
    this.process = process;
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.calls = new PrintWriter(process.getOutputStream(), true, UTF_8);
  }

  static StoppableDriver start(Path inputs) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@jobs/lib/jvm.options",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            StoppableDriver.class.getName(),
            inputs.toString());
    StoppableDriver driver =
        new StoppableDriver(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    driver.awaitLine(READY);
    return driver;
  }

  /** Returns when the process has stopped in the middle of the job. */
  void beginAndStop(SmallJob job, Path out, Halt halt) throws IOException, InterruptedException {
    calls.println(String.join(" ", job.name(), halt.step.name(), "" + halt.time, out.toString()));
    while (!isStopped()) {
      if (answers.ready()) {
        throw new IOException(
            "expected the driver to stop at " + halt + ", found it done: " + answers.readLine());
      }
      Thread.sleep(5);
    }
  }

  private boolean isStopped() throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/status")).contains("State:\tT");
  }

  /**
   * @return {@link #DONE}, or why the job failed
   */
  String goOnToTheEnd() throws IOException, InterruptedException {
    signal("CONT", process.pid());
    return String.valueOf(answers.readLine());
  }

  private void awaitLine(String wanted) throws IOException {
    for (String line = answers.readLine(); !wanted.equals(line); line = answers.readLine()) {
      if (line == null) {
        throw new IOException("expected " + wanted + ", found the end of the process");
      }
    }
  }

  private static void signal(String name, long process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    BufferedReader calls = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    // One task at a time: so the steps come in one order.
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[1]"))) {
      answers.println(READY);
      for (String call = calls.readLine(); call != null; call = calls.readLine()) {
        String[] words = call.split(" ");
        stopAt(new Halt(CommitStep.valueOf(words[1]), Integer.parseInt(words[2])));
        answers.println(run(spark, SmallJob.valueOf(words[0]), args[0], words[3]));
      }
    }
    System.exit(0);
  }

  private static String run(JavaSparkContext spark, SmallJob job, String inputs, String out) {
    try {
      job.run(spark, Path.of(inputs), Path.of(out));
      return DONE;
    } catch (RuntimeException e) {
      return "1: " + String.valueOf(e.getMessage()).replace('\n', ' ');
    }
  }

  private static void stopAt(Halt halt) {
    int[] left = {halt.time};
    CommitStep.listen(
        step -> {
          synchronized (left) {
            if (step == halt.step && --left[0] == 0) {
              try {
                signal("STOP", ProcessHandle.current().pid());
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        });
  }
}
