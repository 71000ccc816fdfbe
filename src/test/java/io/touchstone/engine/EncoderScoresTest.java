package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.encoder.OutputScale;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.prompt.EncodeChoice;
import io.touchstone.scoring.prompt.OverLong;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Encoders score as transformers does in float64. */
final class EncoderScoresTest {
  /** transformers' own fp32 is up to 1e-5 away from its float64. */
  private static final double TOLERANCE = 1e-4;

  private static final Map<String, EncodeChoice> SHARED =
      Map.of(
          "bert-pair", EncodeChoice.PAIR,
          "bert-regression", EncodeChoice.ANSWER,
          "deberta-v2-classifier", EncodeChoice.PAIR,
          "roberta-pair", EncodeChoice.PAIR,
          "modernbert-classifier", EncodeChoice.ANSWER);

  @TestFactory
  Stream<DynamicTest> sharedEncodersScoreAsTheirReferencesDo() {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    Path families = Path.of(fixtures, "families");
    Path rows = Path.of(fixtures, "models", "cases");
    return SHARED.keySet().stream()
        .sorted()
        .flatMap(
            name ->
                Stream.of(OverLong.values())
                    .map(
                        overLong ->
                            DynamicTest.dynamicTest(
                                name + ", " + overLong.word(),
                                () -> check(families.resolve(name), rows, overLong))));
  }

  private static void check(Path folder, Path rows, OverLong overLong) throws IOException {
    String name = folder.getFileName().toString();
    // DeBERTa has no limit by itself.
    OptionalInt most =
        name.startsWith("deberta") && overLong == OverLong.CUT
            ? OptionalInt.of(1 << 16)
            : OptionalInt.empty();
    EncoderReference reference =
        new EncoderReference(factory(folder, SHARED.get(name), overLong, most), TOLERANCE);
    reference.check(
        rows,
        file -> folder.resolveSibling("expected").resolve(name + "." + file.getFileName()));
    System.out.printf(
        "%s, %s: %d scores, largest difference %.2e, %d cut%n",
        name,
        overLong.word(),
        reference.scores(),
        reference.largestDifference(),
        reference.cut());
    assertThat(reference.scores()).isPositive();
  }

  private static ScorerFactory factory(
      Path folder, EncodeChoice encode, OverLong overLong, OptionalInt maxTokens) {
    EngineConfig config = EngineConfig.defaults(folder);
    return FolderScorers.of(
        new EngineConfig(
                config.model(),
                config.reading(),
                config.known(),
                config.prompt(),
                config.rewardToken(),
                config.asking(),
                config.attributes(),
                maxTokens,
                config.templateDate(),
                config.precision(),
                new DeviceRule.Cpu(),
                config.resources())
            .with(
                new EncoderWishes(
                    Optional.of(encode),
                    overLong,
                    OptionalInt.empty(),
                    OutputScale.RAW,
                    EncoderWishes.RowKind.CONVERSATIONS)));
  }
}
