package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.engine.ReferenceScores.Asked;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.scoring.Scorer;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every architecture, format and prompt against transformers (versions in versions.json). */
final class ReferenceScoresTest {
  /** Those that have rows there; all others are read into conversations as these are. */
  private static final Set<RowFormat> REFERENCED =
      Set.of(
          FormatTable.STEERLM,
          FormatTable.HELPSTEER2,
          FormatTable.HELPSTEER3,
          FormatTable.MESSAGES,
          FormatTable.SHAREGPT,
          FormatTable.CANDIDATES,
          FormatTable.PREFERENCE);

  private static final List<String> FAMILIES =
      List.of(
          "mistral-window",
          "qwen2-window",
          "qwen3-layer-types",
          "qwen-math-rm",
          "llama-yarn",
          "qwen2-yarn",
          "llama-dynamic",
          "lora-adapter",
          "llama-fp8",
          "gemma2-classifier",
          "gemma2-causal",
          "gemma3-text-classifier",
          "qwen3-moe-classifier",
          "mixtral-classifier");

  /** Takes only prompts with headers. */
  private static final String GATED = "llama-gated";

  private static final Path OWN = Path.of("src/test/resources/references");

  @TestFactory
  Stream<DynamicTest> ownCheckpointsScoreAsTransformersDoes() throws IOException {
    return checkpoints(OWN)
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> checkOwn(folder, OWN)));
  }

  @TestFactory
  Stream<DynamicTest> sharedCheckpointsScoreAsTransformersDoes() throws IOException {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    Path shared = Path.of(fixtures, "models");
    return checkpoints(shared)
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> checkShared(folder, shared)));
  }

  @TestFactory
  Stream<DynamicTest> sharedFamiliesScoreAsTheirReferencesDo() {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    Path cases = Path.of(fixtures, "models", "cases");
    Path families = Path.of(fixtures, "families");
    Stream<DynamicTest> plain =
        FAMILIES.stream()
            .map(
                name ->
                    DynamicTest.dynamicTest(
                        name, () -> checkFamily(families.resolve(name), cases, Asked.LAST_TURN)));
    Stream<DynamicTest> chosen =
        Stream.of(Asked.RAW, Asked.NORMALIZED, Asked.GATED, Asked.GATED_ALL)
            .map(
                asked -> {
                  String name =
                      asked.score.equals("score") || asked == Asked.GATED
                          ? "armo-gating"
                          : "openrlhf-normalized";
                  return DynamicTest.dynamicTest(
                      name + ", " + asked, () -> checkFamily(families.resolve(name), cases, asked));
                });
    return Stream.concat(plain, chosen);
  }

  private static void checkFamily(Path folder, Path cases, Asked asked) throws IOException {
    EngineScorerFactory factory = factory(folder, asked);
    try (Scorer scorer = factory.open()) {
      ReferenceScores scores = new ReferenceScores(scorer, factory.model().attributes());
      for (RowFormat format : FormatTable.ALL) {
        Path rows = cases.resolve(format.word() + ".jsonl");
        if (Files.exists(rows)) {
          Path expected =
              folder
                  .resolveSibling("expected")
                  .resolve(folder.getFileName() + "." + rows.getFileName());
          scores.check(format, rows, expected, asked);
        }
      }
      report(folder, PromptChoice.CHAT, scores);
    }
  }

  private static void checkOwn(Path folder, Path root) throws IOException {
    for (PromptChoice prompt : PromptChoice.values()) {
      if (prompt == PromptChoice.STEERLM && folder.endsWith(GATED)) {
        continue;
      }
      EngineScorerFactory factory = factory(folder, prompt);
      try (Scorer scorer = factory.open()) {
        ReferenceScores scores = new ReferenceScores(scorer, factory.model().attributes());
        for (RowFormat format : FormatTable.ALL) {
          if (!REFERENCED.contains(format)) {
            continue;
          }
          Path rows = root.resolve("rows").resolve(format.word() + ".jsonl");
          Path expected =
              root.resolve("expected").resolve(folder.getFileName() + "." + rows.getFileName());
          if (prompt == PromptChoice.CHAT) {
            scores.check(format, rows, expected, Asked.LAST_TURN);
            if (format == FormatTable.MESSAGES || format == FormatTable.SHAREGPT) {
              scores.check(format, rows, expected, Asked.ALL_TURNS);
            }
          } else if (format == FormatTable.STEERLM) {
            scores.check(format, rows, expected, Asked.STEERLM_PROMPT);
          }
        }
        report(folder, prompt, scores);
      }
    }
  }

  private static void checkShared(Path folder, Path root) throws IOException {
    for (PromptChoice prompt : PromptChoice.values()) {
      EngineScorerFactory factory = factory(folder, prompt);
      try (Scorer scorer = factory.open()) {
        ReferenceScores scores = new ReferenceScores(scorer, factory.model().attributes());
        for (RowFormat format : FormatTable.ALL) {
          Path rows = root.resolve("cases").resolve(format.word() + ".jsonl");
          if (Files.exists(rows) && prompt == PromptChoice.CHAT) {
            Path expected =
                root.resolve("expected").resolve(folder.getFileName() + "." + rows.getFileName());
            scores.check(format, rows, expected, Asked.LAST_TURN);
          } else if (format == FormatTable.STEERLM && prompt == PromptChoice.STEERLM) {
            Path expected =
                root.resolve("expected").resolve(folder.getFileName() + ".steerlm.jsonl");
            scores.check(format, rows, expected, Asked.STEERLM_PROMPT_SCORE);
          }
        }
        report(folder, prompt, scores);
      }
    }
  }

  private static EngineScorerFactory factory(Path folder, PromptChoice prompt) {
    return factory(folder, prompt, RewardScale.RAW, List.of());
  }

  private static EngineScorerFactory factory(Path folder, Asked asked) {
    return factory(
        folder,
        PromptChoice.CHAT,
        asked == Asked.NORMALIZED ? RewardScale.NORMALIZED : RewardScale.RAW,
        asked == Asked.GATED_ALL ? List.of("all") : List.of());
  }

  private static EngineScorerFactory factory(
      Path folder, PromptChoice prompt, RewardScale scale, List<String> attributes) {
    return EngineScorerFactory.of(
        new EngineConfig(
            folder,
            new Checkpoint.Reading(TokenizerChoice.TRANSFORMERS5, Optional.empty(), scale),
            EngineConfig.Known.NOT,
            prompt,
            0,
            attributes,
            OptionalInt.empty(),
            LocalDate.of(2024, 7, 26),
            Precision.FP32,
            new DeviceRule.Cpu(),
            Resources.OF_THE_MACHINE));
  }

  private static void report(Path folder, PromptChoice prompt, ReferenceScores scores) {
    assertThat(scores.scores()).isPositive();
    System.out.printf(
        Locale.ROOT,
        "%s, %s: %d scores, largest difference %.1e%n",
        folder.getFileName(),
        prompt.word(),
        scores.scores(),
        scores.largestDifference());
  }

  private static Stream<Path> checkpoints(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("tokenizer.json")))
          .sorted()
          .toList()
          .stream();
    }
  }
}
