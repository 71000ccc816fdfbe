package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.prompt.EncodeChoice;
import io.touchstone.scoring.prompt.OverLong;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Encoders score as transformers does in float64. */
final class EncoderScoresTest {
  /** transformers' own fp32 is up to 1e-5 away from its float64. */
  private static final double TOLERANCE = 1e-4;

  private static final double BF16_TOLERANCE = 0.5;

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
                                () -> checkShared(families.resolve(name), rows, overLong))));
  }

  /** As {@code make_encoders.py} names what they read. */
  private static final Path OWN = Path.of("src/test/resources/encoders");

  private static final Path ROWS = Path.of("src/test/resources/references/rows");

  @TestFactory
  Stream<DynamicTest> ownEncodersScoreAsTransformersDoes() {
    return EncoderFolders.all()
        .flatMap(
            folder ->
                Stream.of(OverLong.values())
                    .map(
                        overLong ->
                            DynamicTest.dynamicTest(
                                folder.getFileName() + ", " + overLong.word(),
                                () -> checkOwn(folder, overLong))));
  }

  /**
   * Factors of 8 bits move a score of the tiny checkpoints, whose weights are large, by that much.
   */
  @TestFactory
  Stream<DynamicTest> factorsOfBf16MoveScoresByLittle() {
    return EncoderFolders.all()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(),
                    () -> {
                      String name = folder.getFileName().toString();
                      ScorerFactory factory =
                          FolderScorers.of(
                              EncoderFolders.config(
                                      folder,
                                      OptionalInt.empty(),
                                      Precision.BF16,
                                      Resources.OF_THE_MACHINE)
                                  .with(
                                      EncoderFolders.wishes(
                                          EncoderFolders.encode(name), OverLong.REJECT)));
                      check(
                          name + ", bf16",
                          new EncoderReference(factory, BF16_TOLERANCE),
                          ROWS,
                          file -> OWN.resolve("expected").resolve(name + "." + file.getFileName()));
                    }));
  }

  private static void checkOwn(Path folder, OverLong overLong) throws IOException {
    String name = folder.getFileName().toString();
    check(
        name,
        new EncoderReference(
            EncoderFolders.factory(
                folder, EncoderFolders.encode(name), overLong, limit(name, overLong)),
            TOLERANCE),
        ROWS,
        file -> OWN.resolve("expected").resolve(name + "." + file.getFileName()));
  }

  private static void checkShared(Path folder, Path rows, OverLong overLong) throws IOException {
    String name = folder.getFileName().toString();
    check(
        name,
        new EncoderReference(
            EncoderFolders.factory(folder, SHARED.get(name), overLong, limit(name, overLong)),
            TOLERANCE),
        rows,
        file -> folder.resolveSibling("expected").resolve(name + "." + file.getFileName()));
  }

  /** DeBERTa has none by itself. */
  private static OptionalInt limit(String name, OverLong overLong) {
    return name.matches("(deberta|curator).*") && overLong == OverLong.CUT
        ? OptionalInt.of(1 << 16)
        : OptionalInt.empty();
  }

  private static void check(
      String name, EncoderReference reference, Path rows, UnaryOperator<Path> expected)
      throws IOException {
    reference.check(rows, expected);
    System.out.printf(
        "%s: %d scores, largest difference %.2e, %d cut%n",
        name, reference.scores(), reference.largestDifference(), reference.cut());
    assertThat(reference.scores()).isPositive();
  }
}
