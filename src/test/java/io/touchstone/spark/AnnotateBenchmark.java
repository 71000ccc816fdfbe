package io.touchstone.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.PieceInput;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.scoring.ScorerFactory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What everything but the model costs: the whole job with a model that costs nothing, beside
 * reading the lines alone, walking through them with Jackson, and reading them as rows; over the
 * same generated files, in processor time of the whole process (the machine may be busy with other
 * things).
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
 * java @jobs/lib/jvm.options -Xmx1g \
 *     -cp target/test-classes:target/classes:$(cat target/test-classpath.txt) \
 *     io.touchstone.spark.AnnotateBenchmark FOLDER MEGABYTES [FORMAT...]
 * </pre>
 *
 * <p>The last round's outputs stay in FOLDER, so that their bytes can be compared.
 */
final class AnnotateBenchmark {

  private static final int ROUNDS = 4;
  private static final int PIECE_BYTES = 32 << 20;
  private static final JsonFactory JACKSON = new JsonFactory();

  private final JavaSparkContext spark;
  private final Path folder;

  private AnnotateBenchmark(JavaSparkContext spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long bytes = Long.parseLong(arguments[1]) * 1_000_000;
    List<String> words = Arrays.asList(arguments).subList(2, arguments.length);
    System.out.println(
        "| format | bytes a row | read | Jackson | read as rows | whole job | of Jackson's |");
    System.out.println("|---|---|---|---|---|---|---|");
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[1]"))) {
      AnnotateBenchmark benchmark = new AnnotateBenchmark(spark, folder);
      for (RowFormat format : FormatTable.ALL) {
        if (words.isEmpty() || words.contains(format.word())) {
          benchmark.measure(format, bytes);
        }
      }
    }
  }

  private void measure(RowFormat format, long least) throws IOException {
    Path input = folder.resolve(format.word() + ".jsonl");
    long rows;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input))) {
      rows = new GeneratedRows(format, 1).write(out, least);
    }
    Path output = folder.resolve("out-" + format.word());
    AnnotateConfig config = Jobs.withLongLines(Jobs.config(output, PIECE_BYTES, input.toString()));
    ScorerFactory scorers = new FreeScorerFactory();
    AnnotatePlan plan = Jobs.plan(config, scorers);
    RowReader reader = new RowReader(format);
    double megabytes = Files.size(input) / 1e6;
    double[][] rates = new double[4][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      rates[0][round] = megabytes / seconds(() -> read(plan, line -> {}));
      rates[1][round] = megabytes / seconds(() -> read(plan, AnnotateBenchmark::walk));
      rates[2][round] = megabytes / seconds(() -> read(plan, reader::read));
      delete(output);
      rates[3][round] = megabytes / seconds(() -> Jobs.run(spark, config, scorers));
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %.0f | %.0f | %.0f | %.0f | %.2f |%n",
        format.word(),
        megabytes * 1e6 / rows,
        usual(rates[0]),
        usual(rates[1]),
        usual(rates[2]),
        usual(rates[3]),
        usual(rates[3]) / usual(rates[1]));
  }

  /** What is timed. */
  private interface Work {
    void run() throws IOException;
  }

  private static double seconds(Work work) throws IOException {
    long start = ProcessorTime.nanos();
    work.run();
    return (ProcessorTime.nanos() - start) / 1e9;
  }

  /** The middle of all rounds but the first, which finds the code still being compiled. */
  private static double usual(double[] rates) {
    double[] warm = Arrays.copyOfRange(rates, 1, rates.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }

  private static void read(AnnotatePlan plan, Consumer<byte[]> eater) throws IOException {
    PieceInput input = new PieceInput(new Configuration(), 1 << 20);
    for (Piece piece : plan.pieces()) {
      try (LineSource lines = input.open(piece)) {
        for (RawLine line = lines.next(); line != null; line = lines.next()) {
          eater.accept(((RawLine.Whole) line).bytes());
        }
      }
    }
  }

  /** Every name and text of the line as a string. */
  private static void walk(byte[] line) {
    try (JsonParser in = JACKSON.createParser(line)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
          in.getText();
        }
      }
    } catch (JsonProcessingException broken) {
      // One row in 10,000 is no JSON.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path output) throws IOException {
    if (!Files.exists(output)) {
      return;
    }
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
