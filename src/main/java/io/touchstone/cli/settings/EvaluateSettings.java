package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.selection.benchmark.Benchmark;
import io.touchstone.selection.benchmark.RmBench;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything that can be set for {@code evaluate}, with its built-in default. */
public final class EvaluateSettings {
  private EvaluateSettings() {}

  public static final Setting<Optional<Benchmark>> BENCHMARK =
      Setting.of(Topic.INPUT, "benchmark.name", "--benchmark", "NAME", "none")
          .withHelp("whose files these are, and whose arithmetic holds: " + names() + " (required)")
          .as(Readers.optional("none", Readers.known(names(), Benchmark::named)));

  public static final Setting<List<String>> DOMAINS =
      Setting.of(Topic.INPUT, "benchmark.domain", "--domain", "NAME,...", "auto")
          .withHelp(
              "what is in RM-Bench's files: chat, math, code or safety, one for all files or one for"
                  + " each; auto takes the rows' domain, else what the file's name says")
          .as(Readers.listOr("auto", EvaluateSettings::domains));

  public static final Setting<Optional<String>> ATTRIBUTE =
      Setting.of(Topic.INPUT, "benchmark.attribute", "--attribute", "NAME", "none")
          .withHelp("which attribute counts where scores have several")
          .as(Readers.optional("none", name -> name));

  public static final Setting<Optional<String>> FIELD =
      Setting.of(Topic.INPUT, "benchmark.field", "--field", "NAME", "auto")
          .withHelp(
              "which scores count where jobs/annotate --field NAME has named them, such as chosen_NAME,"
                  + " NAME_chosen or NAME_A in place of the names of the table below; beside --model it"
                  + " names those that the model gives; auto takes the names of the table")
          .as(Readers.optional("auto", ScoreFields::checked));

  public static final Setting<Optional<String>> COMPARE =
      Setting.of(Topic.OUTPUT, "benchmark.compare", "--compare", "DIR", "none")
          .withHelp(
              "the folder of another evaluation of the same benchmark; says whether the difference is"
                  + " real")
          .as(Readers::unlessNone);

  public static final Setting<Integer> SEED =
      Setting.of(Topic.RUN, "benchmark.seed", "--seed", "N", "1")
          .withHelp("of the resampling; the same seed gives the same intervals")
          .as(Readers.integer(0));

  public static final Setting<Optional<String>> MODEL =
      ModelSettings.orNone(
          "scores the rows first, as jobs/annotate does, into DIR/_scored; none takes the scores"
              + " that the rows have");

  public static final List<Setting<?>> ALL =
      Setting.all(
          List.of(BENCHMARK, DOMAINS, FIELD, ATTRIBUTE),
          List.of(InputSettings.MAX_LINE_BYTES, InputSettings.PIECE_BYTES, COMPARE),
          List.of(OutputSettings.MAX_REJECTED, OutputSettings.METRICS, MODEL),
          InputSettings.OF_SCORING,
          ModelSettings.OF_SCORING,
          RunSettings.OF_SCORING,
          List.of(SEED));

  public static String names() {
    return Benchmark.all().stream().map(Benchmark::word).collect(Collectors.joining(", "));
  }

  private static List<String> domains(String text) {
    return Readers.names(text).stream()
        .map(Readers.known("auto, chat, math, code or safety", RmBench::domain))
        .toList();
  }
}
