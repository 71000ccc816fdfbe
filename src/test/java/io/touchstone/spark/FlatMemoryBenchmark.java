package io.touchstone.spark;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.files.Compression;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Whether memory stays flat: far more input than the heap holds goes through the whole job, in one
 * process, with a model that costs nothing.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt
 * java @jobs/lib/jvm.options -Xmx1g \
 *     -cp target/test-classes:target/classes:$(cat target/test-classpath.txt) \
 *     io.touchstone.spark.FlatMemoryBenchmark FOLDER MEGABYTES SLOTS none|zst
 * </pre>
 *
 * <p>FOLDER takes the input and as much output; delete it afterwards. With {@code zst} both are
 * compressed, and MEGABYTES counts what they hold.
 */
final class FlatMemoryBenchmark {

  private static final long FILE_BYTES = 256_000_000;
  private static final long PIECE_BYTES = 32 << 20;

  private FlatMemoryBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long bytes = Long.parseLong(arguments[1]) * 1_000_000;
    Compression compression = Compression.valueOf(arguments[3].toUpperCase(Locale.ROOT));
    Path input = Files.createDirectories(folder.resolve("in"));
    long rows = generate(input, bytes, compression);

    AnnotateConfig config = config(input, folder.resolve("out"), compression);
    HeapWatch heap = HeapWatch.start();
    long start = System.nanoTime();
    long processorStart = ProcessorTime.nanos();
    AnnotationTotals totals;
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[" + arguments[2] + "]"))) {
      totals = Jobs.run(spark, config, new FreeScorerFactory()).totals();
    }
    double processor = (ProcessorTime.nanos() - processorStart) / 1e9;
    long rejected = totals.rejected().values().stream().mapToLong(Long::longValue).sum();
    if (rows != totals.in() || rows != totals.out() + rejected) {
      throw new IllegalStateException("expected " + rows + " rows in and out, found " + totals);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d rows in, %,d out, %,d rejected%n"
            + "%.0f s by the clock, %.0f s of processor time, %.0f MB/s per core%n"
            + "at most %,d MiB on a heap of %,d MiB after a collection, %s resident%n",
        totals.in(),
        totals.out(),
        rejected,
        (System.nanoTime() - start) / 1e9,
        processor,
        bytes / 1e6 / processor,
        heap.mostBytes() >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        HeapWatch.mostResident());
  }

  private static long generate(Path input, long bytes, Compression compression) throws IOException {
    GeneratedRows generated = new GeneratedRows(FormatTable.MESSAGES, 1);
    String ending = compression == Compression.NONE ? ".jsonl" : ".jsonl.zst";
    long rows = 0;
    for (long done = 0; done < bytes; done += FILE_BYTES) {
      Path file = input.resolve(String.format(Locale.ROOT, "%05d%s", done / FILE_BYTES, ending));
      try (OutputStream out = open(file, compression)) {
        rows += generated.write(out, Math.min(FILE_BYTES, bytes - done));
      }
    }
    return rows;
  }

  private static OutputStream open(Path file, Compression compression) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new BufferedOutputStream(
        compression == Compression.NONE ? out : new ZstdOutputStreamNoFinalizer(out, 1));
  }

  private static AnnotateConfig config(Path input, Path output, Compression compression) {
    AnnotateConfig plain = Jobs.withLongLines(Jobs.config(output, PIECE_BYTES, input.toString()));
    return plain.with(new RowWriting(null, null, compression));
  }
}
