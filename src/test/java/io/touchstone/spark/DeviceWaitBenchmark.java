package io.touchstone.spark;

import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ReadOut;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.prompt.PromptScorer;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.TemplateLimits;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.RememberedPieces;
import io.touchstone.tokenizer.SpecialTokens;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How long a device waits between loads: the whole job with a model's own template and tokenizer,
 * and a forward pass that sleeps.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
 * java @jobs/lib/jvm.options -Xmx1g \
 *     -cp target/test-classes:target/classes:$(cat target/test-classpath.txt) \
 *     io.touchstone.spark.DeviceWaitBenchmark FOLDER MODEL MEGABYTES SLOTS MILLIS_PER_LOAD
 * </pre>
 *
 * <p>The first load's wait is the start of the job and does not count. With 0 milliseconds the
 * processor time tells what preparation costs.
 */
final class DeviceWaitBenchmark {

  private static final int LOAD_TOKENS = 16_384;
  private static final int PIECES_OF_SLOT = 2;
  private static final int MOST_TOKENS = 100_000;

  private DeviceWaitBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long bytes = Long.parseLong(arguments[2]) * 1_000_000;
    Path input = folder.resolve("messages.jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input))) {
      new GeneratedRows(FormatTable.MESSAGES, 1).write(out, bytes);
    }
    int slots = Integer.parseInt(arguments[3]);
    SleepingDevice.millis = Long.parseLong(arguments[4]);
    AnnotateConfig config =
        Jobs.withLongLines(
            Jobs.config(folder.resolve("out"), bytes / slots / PIECES_OF_SLOT, input.toString()));
    long processorStart;
    AnnotateReport report;
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[" + slots + "]"))) {
      processorStart = ProcessorTime.nanos();
      report = Jobs.run(spark, config, new Prepared(arguments[1]));
    }
    double processor = (ProcessorTime.nanos() - processorStart) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,d tokens, %.1f s of processor time: %,.0f tokens/s and %.1f MB/s per core%n",
        report.totals().presentedTokens(),
        processor,
        report.totals().presentedTokens() / processor,
        bytes / 1e6 / processor);
    SleepingDevice.print();
  }

  private record Prepared(String folder) implements ScorerFactory {

    @Override
    public Optional<MemoryPlan> memory() {
      return Optional.empty();
    }

    @Override
    public ModelDescription model() {
      return FakeScorerFactory.named("sleeping").model();
    }

    @Override
    public Scorer open(ReplicaDevice place) {
      Checkpoint checkpoint = Checkpoint.open(Path.of(folder));
      String template = checkpoint.chatTemplate().orElseThrow();
      LocalDateTime date = LocalDateTime.of(2026, 1, 1, 0, 0);
      return new PromptScorer(
          new PromptScorer.Prompting(
              new ChatPrompt(
                  ChatTemplate.compile(template, TemplateLimits.defaults(), date),
                  Optional.empty(),
                  checkpoint.tokenizer().templateTokens()),
              new RememberedPieces(
                  checkpoint.tokenizer().cuts(), HuggingFaceTokens.of(checkpoint.tokenizerJson())),
              new SpecialTokens(checkpoint.tokenizer().specialTexts()),
              new ReadOut.LastToken(),
              MOST_TOKENS,
              checkpoint.decoder().vocabSize(),
              tokens -> 0),
          new SleepingDevice());
    }
  }

  /** Notes when it stood idle. */
  private static final class SleepingDevice implements ForwardPass {

    private static final List<Long> WAITS = Collections.synchronizedList(new ArrayList<>());

    private static volatile long millis;
    private static volatile long busyNanos;
    private static volatile long lastEnd;

    @Override
    public float[][] score(PackedLoad load) {
      long start = System.nanoTime();
      // The self-check's few tokens are no load.
      boolean counts = load.tokens() > LOAD_TOKENS / 2;
      if (counts && lastEnd > 0) {
        WAITS.add(start - lastEnd);
      }
      long end = start + millis * 1_000_000;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      float[][] rewards = new float[load.readOuts().length][];
      for (int i = 0; i < rewards.length; i++) {
        rewards[i] = new float[] {load.readOuts()[i] % 1_000 / 64f};
      }
      if (counts) {
        lastEnd = System.nanoTime();
        busyNanos += lastEnd - start;
      }
      return rewards;
    }

    static void print() {
      List<Long> waits = new ArrayList<>(WAITS);
      Collections.sort(waits);
      long all = waits.stream().mapToLong(Long::longValue).sum();
      System.out.printf(
          Locale.ROOT,
          "%,d loads; the device waits %.2f ms (median), %.2f (99 of 100), %.1f at most: %.2f %% of"
              + " its time%n",
          waits.size() + 1,
          waits.get(waits.size() / 2) / 1e6,
          waits.get(waits.size() * 99 / 100) / 1e6,
          waits.get(waits.size() - 1) / 1e6,
          100.0 * all / (all + busyNanos));
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public MemoryPlan memory() {
      return new MemoryPlan(MOST_TOKENS, 0, 1, LOAD_TOKENS);
    }

    @Override
    public void close() {}
  }
}
