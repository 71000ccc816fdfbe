package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.engine.EngineConfig;
import io.touchstone.engine.EngineScorerFactory;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateRecord;
import io.touchstone.problem.JobException;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.annotate.AnnotateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors in processes of their own, each with its own map of a checkpoint that is written. */
final class ChangedModelClusterTest {

  @TempDir Path folder;

  @Test
  void noExecutorPublishesWhatAnotherModelScored() throws Exception {
    Path model = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(Path.of("data-samples/demo-reward"))) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rows.add(Jobs.row(i, "answer ".repeat(i % 7) + i));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    ScorerFactory scorers =
        new InterposedScorers(
            EngineScorerFactory.of(EngineConfig.defaults(model)), new SlowLoads(50));
    Path out = folder.resolve("out");
    AnnotateConfig config = Jobs.config(out, Files.size(input) / 60 + 1, input.toString());
    AnnotatePlan plan = Jobs.plan(config, scorers);
    Path weights = model.resolve("model.safetensors");
    byte[] good = Files.readAllBytes(weights);
    try (JavaSparkContext spark = new JavaSparkContext(LocalCluster.conf(folder))) {
      Thread meddler = new Thread(() -> overwriteOnceBothHaveCommitted(out, weights));
      meddler.start();
      JobException failure =
          catchThrowableOfType(
              JobException.class, () -> AnnotateJob.run(spark, plan, scorers, progress -> {}));
      meddler.join();
      assertThat(failure)
          .hasMessageMatching(
              "\\[file:\\Q"
                  + input
                  + "\\E] piece \\d+ \\(bytes \\d+ to \\d+\\): \\[\\Q"
                  + weights
                  + "\\E] expected \\d+ bytes .* the model was changed while it was in use, so what"
                  + " it scored since is not written; put the same model back, and the same command"
                  + " goes on");
    }
    Files.write(weights, good);
    Path plain = folder.resolve("plain");
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[2]"))) {
      Jobs.run(spark, Jobs.config(plain, Files.size(input) / 60 + 1, input.toString()), scorers);
    }
    try (Stream<Path> parts = Files.list(out)) {
      List<Path> committed =
          parts.filter(part -> part.getFileName().toString().startsWith("part-")).toList();
      assertThat(committed).hasSizeBetween(2, 59);
      for (Path part : committed) {
        assertThat(part).hasSameBinaryContentAs(plain.resolve(part.getFileName()));
      }
    }
  }

  private static void overwriteOnceBothHaveCommitted(Path out, Path weights) {
    try {
      Path records = out.resolve("_stats");
      while (!Files.exists(records) || processes(out) < 2) {
        Thread.sleep(5);
      }
      byte[] bytes = Files.readAllBytes(weights);
      for (int i = bytes.length / 2; i < bytes.length; i++) {
        bytes[i] = 0;
      }
      Files.write(weights, bytes, StandardOpenOption.WRITE);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long processes(Path out) throws IOException {
    return Jobs.pieces(out).stream().map(AnnotateRecord::processId).distinct().count();
  }
}
