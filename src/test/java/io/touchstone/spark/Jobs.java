package io.touchstone.spark;

import io.touchstone.conversation.format.ReadRules;
import io.touchstone.files.commit.PieceCommit;
import io.touchstone.files.read.InputReading;
import io.touchstone.jobs.Provenance;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateRecord;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.reward.LabelStyle;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.annotate.AnnotateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Small jobs over files of a test. */
public final class Jobs {

  /** The job's default. */
  private static final long GROUP_BYTES = 32L << 20;

  private Jobs() {}

  public static AnnotateConfig config(Path output, long pieceBytes, String... inputs) {
    return config(output.toString(), pieceBytes, inputs);
  }

  public static AnnotateConfig config(String output, long pieceBytes, String... inputs) {
    return new AnnotateConfig(
        new InputReading(List.of(inputs), pieceBytes, 5_000),
        GROUP_BYTES,
        Optional.of(output),
        Optional.empty(),
        ReadRules.ALL,
        Labels.of(LabelStyle.FLOAT),
        RowWriting.defaults(),
        new LedgerChoice.None(),
        new Provenance(
            "touchstone test",
            new TreeMap<>(Map.of("master", "local[2]", "reward-token", "0")),
            Set.of("reward-token")),
        RunPolicy.defaults());
  }

  /** The same job, with lines as long as the job's defaults allow. */
  public static AnnotateConfig withLongLines(AnnotateConfig config) {
    InputReading reading = config.reading();
    return with(
        config,
        new InputReading(reading.inputs(), reading.pieceBytes(), 64L << 20),
        config.ledger(),
        config.provenance(),
        config.policy());
  }

  /** The same job, called with another value of a key of its configuration. */
  public static AnnotateConfig with(AnnotateConfig config, String key, String value) {
    Provenance provenance = config.provenance();
    SortedMap<String, String> effective = new TreeMap<>(provenance.effective());
    effective.put(key, value);
    return with(
        config,
        config.reading(),
        config.ledger(),
        new Provenance(provenance.program(), effective, provenance.compared()),
        config.policy());
  }

  /** The same job, with a bound on the time of a row. */
  static AnnotateConfig withRowSeconds(AnnotateConfig config, int rowSeconds) {
    return with(
        config,
        config.reading(),
        config.ledger(),
        config.provenance(),
        new RunPolicy(RunPolicy.Beginning.RESUME, (rejected, in) -> false, 300, rowSeconds));
  }

  /** The same job, with known scores; none of them if the folder's name is empty. */
  static AnnotateConfig withLedger(AnnotateConfig config, String folder) {
    return with(
        config,
        config.reading(),
        LedgerChoice.of(Optional.of(folder).filter(name -> !name.isEmpty())),
        config.provenance(),
        config.policy());
  }

  private static AnnotateConfig with(
      AnnotateConfig config,
      InputReading reading,
      LedgerChoice ledger,
      Provenance provenance,
      RunPolicy policy) {
    return new AnnotateConfig(
        reading,
        config.groupBytes(),
        config.output(),
        config.format(),
        config.rules(),
        config.labels(),
        config.writing(),
        ledger,
        provenance,
        policy);
  }

  public static AnnotatePlan plan(AnnotateConfig config, ScorerFactory scorers) {
    return AnnotatePlan.of(config, new Configuration(), scorers.model());
  }

  public static SparkConf spark(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("touchstone-test")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.executor.heartbeatInterval", "100ms");
  }

  public static AnnotateReport run(
      JavaSparkContext spark, AnnotateConfig config, ScorerFactory scorers) {
    return AnnotateJob.run(spark, plan(config, scorers), scorers, progress -> {});
  }

  /** A row of the {@code helpsteer2} format. */
  public static String row(int number, String response) {
    return "{\"prompt\": \"question " + number + "\", \"response\": \"" + response + "\"}";
  }

  /** All parts of a folder, one after another. */
  public static String parts(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("part-")).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /** What the pieces of a finished job gave, in their order. */
  static List<AnnotateRecord> pieces(Path output) throws IOException {
    List<AnnotateRecord> pieces = new ArrayList<>();
    try (Stream<Path> files = Files.list(output.resolve("_stats"))) {
      for (Path file : files.sorted().toList()) {
        pieces.add(PieceCommit.of(Files.readAllBytes(file)).statsAs(AnnotateRecord.class));
      }
    }
    return pieces;
  }

  /** Paths of all files under a folder, relative to it, in order. */
  public static List<String> tree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
