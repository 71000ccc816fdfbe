package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.selection.benchmark.Benchmark;
import io.touchstone.selection.benchmark.RmBench;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything that can be set for {@code evaluate}, with its built-in default. */
public final class EvaluateSettings {
  private EvaluateSettings() {}

  private static final String NONE = "none";

  public static final Setting<Optional<Benchmark>> BENCHMARK =
      new Setting<>(
          "benchmark.name",
          "--benchmark",
          "NAME",
          NONE,
          Setting.Topic.INPUT,
          "whose files these are, and whose arithmetic holds: " + names() + " (required)",
          Readers.optional(NONE, EvaluateSettings::benchmark));

  public static final Setting<List<String>> DOMAINS =
      new Setting<>(
          "benchmark.domain",
          "--domain",
          "NAME,...",
          "auto",
          Setting.Topic.INPUT,
          "what is in RM-Bench's files: chat, math, code or safety, one for all files or one for"
              + " each; auto takes the rows' domain, else what the file's name says",
          EvaluateSettings::domains);

  public static final Setting<Optional<String>> ATTRIBUTE =
      new Setting<>(
          "benchmark.attribute",
          "--attribute",
          "NAME",
          NONE,
          Setting.Topic.INPUT,
          "which attribute counts where scores have several",
          Readers.optional(NONE, name -> name));

  public static final Setting<Optional<String>> FIELD =
      new Setting<>(
          "benchmark.field",
          "--field",
          "NAME",
          "auto",
          Setting.Topic.INPUT,
          "which scores count where jobs/annotate --field NAME has named them, such as chosen_NAME,"
              + " NAME_chosen or NAME_A in place of the names of the table below; beside --model it"
              + " names those that the model gives; auto takes the names of the table",
          Readers.optional("auto", ScoreFields::checked));

  public static final Setting<String> COMPARE =
      new Setting<>(
          "benchmark.compare",
          "--compare",
          "DIR",
          NONE,
          Setting.Topic.OUTPUT,
          "the folder of another evaluation of the same benchmark; says whether the difference is"
              + " real",
          text -> text.equals(NONE) ? "" : text);

  public static final Setting<Integer> SEED =
      new Setting<>(
          "benchmark.seed",
          "--seed",
          "N",
          "1",
          Setting.Topic.RUN,
          "of the resampling; the same seed gives the same intervals",
          Readers.integer(0));

  public static final Setting<String> MODEL =
      new Setting<>(
          "model.path",
          "--model",
          "DIR",
          NONE,
          Setting.Topic.MODEL,
          "scores the rows first, as jobs/annotate does, into DIR/_scored; none takes the scores"
              + " that the rows have",
          AnnotateSettings::folder);

  public static final List<Setting<?>> ALL =
      List.of(
          BENCHMARK,
          DOMAINS,
          FIELD,
          ATTRIBUTE,
          AnnotateSettings.MAX_LINE_BYTES,
          AnnotateSettings.PIECE_BYTES,
          COMPARE,
          AnnotateSettings.MAX_REJECTED,
          MODEL,
          AnnotateSettings.PROMPT,
          AnnotateSettings.TEMPLATE_DATE,
          AnnotateSettings.ATTRIBUTES,
          AnnotateSettings.REWARD_TOKEN,
          AnnotateSettings.MAX_TOKENS,
          AnnotateSettings.PRECISION,
          AnnotateSettings.DEVICE,
          AnnotateSettings.LEDGER,
          AnnotateSettings.MEMORY,
          AnnotateSettings.LOAD_TOKENS,
          AnnotateSettings.THREADS,
          AnnotateSettings.ROW_TIMEOUT,
          AnnotateSettings.EXECUTOR_WAIT,
          SEED);

  public static boolean hasModel(Settings settings) {
    return !settings.get(MODEL).equals(NONE);
  }

  public static String names() {
    return Benchmark.ALL.stream().map(Benchmark::word).collect(Collectors.joining(", "));
  }

  private static Benchmark benchmark(String text) {
    return Benchmark.named(text).orElseThrow(() -> Readers.refused(names(), text));
  }

  private static List<String> domains(String text) {
    if (text.equals("auto")) {
      return List.of();
    }
    return Readers.names(text).stream()
        .map(
            name ->
                RmBench.domain(name)
                    .orElseThrow(() -> Readers.refused("auto, chat, math, code or safety", name)))
        .toList();
  }
}
