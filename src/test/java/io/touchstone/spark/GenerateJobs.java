package io.touchstone.spark;

import io.touchstone.conversation.format.LastAnswer;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.files.Compression;
import io.touchstone.files.read.InputReading;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.jobs.Provenance;
import io.touchstone.jobs.RejectionBound;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.GeneratePlan;
import io.touchstone.jobs.generate.GenerateReport;
import io.touchstone.jobs.generate.PromptMaking;
import io.touchstone.spark.generate.GenerateJob;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** Small generate jobs over files of a test. */
public final class GenerateJobs {

  private GenerateJobs() {}

  public static GenerateConfig config(Path output, long pieceBytes, Path... inputs) {
    return config(
        output.toString(), pieceBytes, Arrays.stream(inputs).map(Path::toString).toList());
  }

  static GenerateConfig config(String output, long pieceBytes, List<String> inputs) {
    return new GenerateConfig(
        new InputReading(inputs, pieceBytes, 5_000),
        Optional.of(output),
        Optional.empty(),
        PromptMaking.OWN,
        Compression.NONE,
        new Provenance(
            "touchstone test",
            new TreeMap<>(Map.of("master", "local[2]", "seed", "0")),
            Set.of("seed")),
        RunPolicy.defaults());
  }

  static GenerateConfig withIds(GenerateConfig config, String field) {
    return with(config, new PromptRules(ReadRules.ALL, LastAnswer.LEFT_OUT, field));
  }

  public static GenerateConfig with(GenerateConfig config, PromptRules rules) {
    return with(config, new PromptMaking(rules, null));
  }

  static GenerateConfig with(GenerateConfig config, PromptMaking prompts) {
    return new GenerateConfig(
        config.reading(),
        config.output(),
        config.format(),
        prompts,
        config.compression(),
        config.provenance(),
        config.policy());
  }

  static GenerateConfig withPolicy(GenerateConfig config, RejectionBound bound, int passSeconds) {
    return new GenerateConfig(
        config.reading(),
        config.output(),
        config.format(),
        config.prompts(),
        config.compression(),
        config.provenance(),
        new RunPolicy(RunPolicy.Beginning.RESUME, bound, 300, passSeconds));
  }

  public static GeneratePlan plan(GenerateConfig config, GeneratorFactory generators) {
    return GeneratePlan.of(config, new Configuration(), generators.description());
  }

  public static GenerateReport run(
      JavaSparkContext spark, GenerateConfig config, GeneratorFactory generators) {
    return GenerateJob.run(spark, plan(config, generators), generators, progress -> {});
  }

  /** A row of the {@code helpsteer2} format. */
  static String row(int number, String prompt) {
    return "{\"id\": " + number + ", \"prompt\": \"" + prompt + "\", \"response\": \"old\"}";
  }

  static List<String> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> row(i, "question ".repeat(1 + i % 5) + i))
        .toList();
  }
}
