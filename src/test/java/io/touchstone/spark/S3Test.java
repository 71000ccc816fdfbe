package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promise of {@link ResumeTest} and {@link PieceOutputTest} on an S3 server: {@code mvn -Ps3
 * verify -Dtest=S3Test}.
 */
final class S3Test {

  private static final int ROWS = 120;
  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("s3");

  record Counts(String by) {}

  @TempDir static java.nio.file.Path local;
  private static Process server;
  private static Configuration hadoop;
  private static FileSystem files;
  private static JavaSparkContext spark;
  private static String input;
  private static long pieceBytes;
  private static TreeMap<String, String> undisturbed;

  @BeforeAll
  static void startServer() throws Exception {
    String jar = System.getProperty("touchstone.s3mock", "");
    Assumptions.assumeTrue(!jar.isEmpty(), "an S3 server comes with the profile s3 only");
    int port = freePort();
    server = start(jar, port);
    hadoop = configuration(port);
    files = FileSystem.newInstance(URI.create("s3a://bucket/"), hadoop);
    SparkConf conf = Jobs.spark("local[2]");
    settings(port).forEach((key, value) -> conf.set("spark.hadoop." + key, value));
    spark = new JavaSparkContext(conf);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      rows.append(i % 40 == 7 ? "not json " + i : Jobs.row(i, "answer ".repeat(i % 7) + i));
      rows.append('\n');
    }
    input = path("in.jsonl");
    try (OutputStream out = files.create(new Path(input))) {
      out.write(rows.toString().getBytes(UTF_8));
    }
    pieceBytes = rows.length() / 4 + 1L;
    run("undisturbed");
    undisturbed = content("undisturbed");
    assertThat(undisturbed.keySet())
        .contains("_SUCCESS", "run.json", "part-00003.jsonl", "rejected/part-00000.jsonl")
        .noneMatch(name -> name.startsWith("_tmp"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process start(String jar, int port) throws Exception {
    Process process =
        new ProcessBuilder(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar,
                "--server.port=" + port,
                "--server.ssl.enabled=false",
                // It looks for an object and puts one in two steps, which S3 does in one: one
                // request after another makes up for that.
                "--server.tomcat.threads.max=1",
                "--com.adobe.testing.s3mock.http-port=0",
                "--com.adobe.testing.s3mock.store.root=" + local.resolve("s3"),
                "--com.adobe.testing.s3mock.store.initial-buckets=bucket")
            .redirectErrorStream(true)
            .redirectOutput(local.resolve("s3.log").toFile())
            .start();
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/bucket")).build();
    for (int tries = 0; tries < 600 && process.isAlive(); tries++) {
      try {
        if (client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return process;
        }
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    process.destroyForcibly();
    throw new IOException(java.nio.file.Files.readString(local.resolve("s3.log")));
  }

  private static TreeMap<String, String> settings(int port) {
    TreeMap<String, String> settings = new TreeMap<>();
    settings.put("fs.s3a.endpoint", "http://127.0.0.1:" + port);
    settings.put("fs.s3a.endpoint.region", "us-east-1");
    settings.put("fs.s3a.path.style.access", "true");
    settings.put("fs.s3a.access.key", "key");
    settings.put("fs.s3a.secret.key", "secret");
    settings.put(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    settings.put("fs.s3a.buffer.dir", local.resolve("buffer").toString());
    return settings;
  }

  private static Configuration configuration(int port) {
    Configuration configuration = new Configuration();
    settings(port).forEach(configuration::set);
    return configuration;
  }

  @AfterAll
  static void stopServer() throws IOException {
    if (spark != null) {
      spark.stop();
      files.close();
    }
    if (server != null) {
      server.destroyForcibly();
    }
  }

  @AfterEach
  void forget() {
    CommitStep.listen(step -> {});
  }

  private static String path(String name) {
    return "s3a://bucket/" + name;
  }

  private static AnnotateConfig config(String out) {
    return Jobs.config(path(out), pieceBytes, input);
  }

  private static AnnotateReport run(String out) {
    AnnotatePlan plan = AnnotatePlan.of(config(out), hadoop, SCORERS.model());
    return AnnotateJob.run(spark, plan, SCORERS, progress -> {});
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** Everything that users read, by name; the records' times differ from run to run. */
  private static TreeMap<String, String> content(String out) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(new Path(path(out)), true);
    while (found.hasNext()) {
      Path file = found.next().getPath();
      String name = file.toString().substring(path(out).length() + 1);
      boolean timed = name.equals("run.json") || name.startsWith("_");
      content.put(name, timed ? "" : read(file));
    }
    return content;
  }

  private static OutputFolder begun(String out) throws IOException {
    AnnotatePlan plan = AnnotatePlan.of(config(out), hadoop, SCORERS.model());
    OutputFolder folder = OutputFolder.of(plan, hadoop);
    folder.begin();
    return folder;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTENT_DISCARDED")
  void aJobThatDiesAtAnyStepIsFinishedByTheSameCommand(CommitStep step) throws IOException {
    String out = "dies-at-" + step;
    CommitStep.listen(Death.at(step));
    assertThatThrownBy(() -> run(out))
        .hasStackTraceContaining("died when " + step + " was reached");
    CommitStep.listen(now -> {});
    assertThat(files.exists(new Path(path(out), "_SUCCESS"))).isFalse();
    assertThat(run(out).totals().in()).isEqualTo(ROWS);
    assertThat(content(out)).isEqualTo(undisturbed);
  }

  @Test
  void twoDriversOnOneFolderBothFinishAndEachPieceIsThereOnce() throws Exception {
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    List<Future<AnnotateReport>> reports =
        drivers.invokeAll(Collections.nCopies(2, () -> run("both")));
    drivers.shutdown();
    for (Future<AnnotateReport> report : reports) {
      assertThat(report.get().totals().in()).isEqualTo(ROWS);
    }
    assertThat(content("both")).isEqualTo(undisturbed);
  }

  @Test
  void ofAttemptsThatRaceOneCommitsWithItsOwnRows() throws Exception {
    int attempts = 8;
    ExecutorService threads = Executors.newFixedThreadPool(attempts);
    for (int round = 0; round < 5; round++) {
      OutputFolder folder = begun("race-" + round);
      CyclicBarrier start = new CyclicBarrier(attempts);
      List<Callable<Boolean>> racers = new ArrayList<>();
      for (int racer = 0; racer < attempts; racer++) {
        String name = "racer-" + racer;
        racers.add(
            () -> {
              try (PieceOutput piece =
                  new PieceOutput(folder.placement(), folder.layout(), 0, name)) {
                piece.row(("by " + name).getBytes(UTF_8));
                piece.finish();
                start.await();
                return piece.commit(new Counts(name));
              }
            });
      }
      List<String> winners = new ArrayList<>();
      List<Future<Boolean>> results = threads.invokeAll(racers);
      for (int racer = 0; racer < attempts; racer++) {
        if (results.get(racer).get()) {
          winners.add("racer-" + racer);
        }
      }
      assertThat(winners).hasSize(1);
      assertThat(PieceCommit.read(folder.placement(), folder.layout(), 0).attempt())
          .isEqualTo(winners.get(0));
      assertThat(read(folder.layout().part(0))).isEqualTo("by " + winners.get(0) + "\n");
    }
    threads.shutdown();
  }

  @Test
  void aPutThatIsMadeTwiceByItsClientHasWon() throws IOException {
    ConditionalPut puts = new ConditionalPut(files);
    Path name = new Path(path("twice"));
    assertThat(puts.put(name, "mine".getBytes(UTF_8))).isTrue();
    assertThat(puts.put(name, "mine".getBytes(UTF_8))).isTrue();
    assertThat(puts.put(name, "another's".getBytes(UTF_8))).isFalse();
    assertThat(read(name)).isEqualTo("mine");
  }

  @Test
  void withoutConditionalPutsTheJobIsRefusedByTheNameOfTheOption() {
    Configuration off = new Configuration(hadoop);
    off.set("fs.s3a.create.conditional.enabled", "false");
    off.set("fs.s3a.impl.disable.cache", "true");
    AnnotatePlan plan = AnnotatePlan.of(config("off"), hadoop, SCORERS.model());
    OutputException thrown =
        catchThrowableOfType(OutputException.class, () -> OutputFolder.of(plan, off));
    assertThat(thrown.problems())
        .containsExactly(
            "[s3a://bucket/off] cannot be used for output: expected s3a: with conditional puts,"
                + " found them switched off: set fs.s3a.create.conditional.enabled, as"
                + " --spark-conf spark.hadoop.fs.s3a.create.conditional.enabled=true");
  }
}
