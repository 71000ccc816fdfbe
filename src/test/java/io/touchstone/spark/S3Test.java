package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.files.commit.ConditionalPut;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit on an S3 server: {@code mvn -Ps3 verify -Dtest=S3Test}. */
final class S3Test extends RemoteCommits {

  @TempDir static java.nio.file.Path local;
  private @Nullable Process server;

  S3Test() {
    super("s3", 120, 4);
  }

  @BeforeAll
  void startServer() throws Exception {
    String jar = System.getProperty("touchstone.s3mock", "");
    Assumptions.assumeTrue(!jar.isEmpty(), "an S3 server comes with the profile s3 only");
    int port = freePort();
    server = start(jar, port);
    Configuration hadoop = configuration(port);
    SparkConf conf = Jobs.spark("local[2]");
    settings(port).forEach((key, value) -> conf.set("spark.hadoop." + key, value));
    begin(
        FileSystem.newInstance(URI.create("s3a://bucket/"), hadoop),
        hadoop,
        new JavaSparkContext(conf));
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
  void stopServer() throws IOException {
    if (spark != null) {
      spark.stop();
      files.close();
    }
    if (server != null) {
      server.destroyForcibly();
    }
  }

  @Override
  public String path(String name) {
    return "s3a://bucket/" + name;
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
    AnnotatePlan plan = AnnotatePlan.of(config("off"), hadoop, scorers.model());
    Refused thrown = catchThrowableOfType(Refused.class, () -> plan.folder(off));
    assertThat(thrown.problems())
        .containsExactly(
            "[s3a://bucket/off] cannot be used for output: expected s3a: with conditional puts,"
                + " found them switched off: set fs.s3a.create.conditional.enabled, as"
                + " --spark-conf spark.hadoop.fs.s3a.create.conditional.enabled=true");
  }
}
