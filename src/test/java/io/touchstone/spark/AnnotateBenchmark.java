package io.touchstone.spark;

import com.sun.management.OperatingSystemMXBean;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.RawLine;
import io.touchstone.conversation.RowFormat;
import io.touchstone.conversation.RowReader;
import io.touchstone.conversation.ScoredTurns;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Place;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What everything but the model costs: the whole job with a scorer that does nothing, beside plain
 * reading and reading with parsing, over the same generated file, in processor time of the whole
 * process (the machine may be busy with other things).
 *
 * <p>{@code mvn test-compile dependency:build-classpath -Dmdep.outputFile=target/cp}, then {@code
 * java -Xmx1g -cp target/classes:target/test-classes:$(cat target/cp)
 * io.touchstone.spark.AnnotateBenchmark FOLDER 200}: megabytes to generate in FOLDER.
 */
final class AnnotateBenchmark {

  private static final String WORDS =
      "the model answers a question about rivers and mountains with care and some humour ";

  private AnnotateBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path input = folder.resolve("bench.jsonl");
    long rows = generate(input, Long.parseLong(arguments[1]) << 20);
    long bytes = Files.size(input);
    System.out.printf(Locale.ROOT, "%d rows, %.1f MiB%n", rows, bytes / 1048576.0);
    AnnotatePlan plan =
        Jobs.plan(Jobs.config(folder.resolve("warm-up"), 32 << 20, input.toString()), new Recipe());
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[1]"))) {
      for (int round = 0; round < 3; round++) {
        print("read", rows, bytes, time(() -> read(plan, line -> {})));
        RowReader reader = new RowReader(RowFormat.MESSAGES, ScoredTurns.LAST);
        print("read and parse", rows, bytes, time(() -> read(plan, reader::read)));
        Path out = folder.resolve("out-" + round);
        print(
            "whole job",
            rows,
            bytes,
            time(
                () -> Jobs.run(spark, Jobs.config(out, 32 << 20, input.toString()), new Recipe())));
      }
    }
  }

  /** What is timed. */
  private interface Work {
    void run() throws IOException;
  }

  private interface Eater {
    void eat(byte[] line);
  }

  private static double time(Work work) throws IOException {
    long start = cpuNanos();
    work.run();
    return (cpuNanos() - start) / 1e9;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void print(String what, long rows, long bytes, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%-15s %6.2f s %9.0f rows/s %7.1f MB/s%n",
        what,
        seconds,
        rows / seconds,
        bytes / 1e6 / seconds);
  }

  private static void read(AnnotatePlan plan, Eater eater) throws IOException {
    try (SpillFolder spills = new SpillFolder()) {
      PieceInput input = new PieceInput(new Configuration(), 1 << 20, spills);
      for (Piece piece : plan.pieces()) {
        try (LineSource lines = input.open(piece)) {
          for (RawLine line = lines.next(); line != null; line = lines.next()) {
            eater.eat(((RawLine.Whole) line).bytes());
          }
        }
      }
    }
  }

  private static long generate(Path file, long bytes) throws IOException {
    Random random = new Random(1);
    long rows = 0;
    long written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      while (written < bytes) {
        String question = WORDS.repeat(1 + random.nextInt(4));
        String answer = (WORDS + "\\n\u00e9 ").repeat(1 + random.nextInt(20));
        String row =
            "{\"id\": "
                + rows
                + ", \"messages\": [{\"role\": \"user\", \"content\": \""
                + question
                + "\"}, {\"role\": \"assistant\", \"content\": \""
                + answer
                + "\"}]}\n";
        out.write(row);
        written += row.length();
        rows++;
      }
    }
    return rows;
  }

  private record Recipe() implements ScorerFactory {

    @Override
    public Optional<MemoryPlan> memory() {
      return Optional.empty();
    }

    @Override
    public ModelDescription model() {
      return FakeScorerFactory.named("benchmark").model();
    }

    @Override
    public Scorer open(Place place) {
      return new Free();
    }
  }

  /** Scores for nothing: one token for each conversation, always the same reward. */
  private record Free() implements Scorer {

    private static final int[] TOKEN = {1};

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      int count = conversations.size();
      return new PreparedRow(
          FakeScorer.apart(Collections.nCopies(count, TOKEN)), Collections.nCopies(count, 1), 0);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      Reward reward = new Reward(new float[] {1.5f});
      return new LoadResult(
          Collections.nCopies(rows.size(), new Scored(List.of(reward))), rows.size(), 0);
    }

    @Override
    public int loadTokens() {
      return 1_000;
    }

    @Override
    public void close() {}
  }
}
