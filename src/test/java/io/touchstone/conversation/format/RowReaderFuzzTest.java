package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever the bytes: a row that can be written, or a reason; nothing is thrown. */
final class RowReaderFuzzTest {

  private static final int LINES = 800;
  private static final Set<String> KINDS =
      Arrays.stream(Malformation.values()).map(Malformation::word).collect(Collectors.toSet());
  private static final byte[] TELLING = "{}[]\":,\\u0-.eE tfn\t\n\u00e9".getBytes(UTF_8);

  @ParameterizedTest
  @FieldSource("io.touchstone.conversation.format.FormatTable#ALL")
  void neverThrows(RowFormat format) {
    long seed = System.nanoTime();
    System.out.println("RowReaderFuzzTest " + format + " seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < LINES; i++) {
      RowGenerator generator = new RowGenerator(random);
      boolean map = format != FormatTable.STEERLM && random.nextInt(4) == 0;
      RowFormat asked = map ? generator.mapped(format) : format;
      RowReader reader = new RowReader(asked, ReadRules.of(ScoredTurns.ALL), ScoreFields.OWN);
      String row = generator.row(asked, ScoredTurns.ALL).line();
      byte[] line = mutated(row.getBytes(UTF_8), random);
      try {
        assertSound(reader, reader.read(line));
        assertThat(FormatDetector.detect(List.of(line))).isNotNull();
      } catch (RuntimeException | AssertionError e) {
        fail(
            "seed " + seed + ", " + asked.planned() + ", line " + HexFormat.of().formatHex(line),
            e);
      }
    }
  }

  private static void assertSound(RowReader reader, ParsedLine parsed) {
    if (parsed instanceof Row row) {
      List<String> values = Collections.nCopies(row.conversations().size(), "1.5");
      byte[] enriched = Lines.enriched(row, values);
      assertThat(reader.read(enriched))
          .isInstanceOfSatisfying(
              Row.class,
              again -> {
                assertThat(again.conversations()).isEqualTo(row.conversations());
                assertThat(Lines.enriched(again, values)).isEqualTo(enriched);
              });
    } else if (parsed instanceof MalformedRow malformed) {
      assertThat(malformed.kind()).isIn(KINDS);
      assertThat(malformed.reason())
          .containsPattern("^[A-Za-z0-9_.,=\\\\\\[\\]]+: expected .*, found .*");
    }
  }

  private static byte[] mutated(byte[] line, Random random) {
    byte[] mutated = line;
    for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated[at] = TELLING[random.nextInt(TELLING.length)];
        case 2 ->
            mutated = without(mutated, at, Math.min(mutated.length, at + 1 + random.nextInt(4)));
        default ->
            mutated = without(mutated, at, at + (mutated.length - at) / (1 + random.nextInt(9)));
      }
    }
    return mutated;
  }

  private static byte[] without(byte[] line, int start, int end) {
    byte[] rest = Arrays.copyOf(line, line.length - (end - start));
    System.arraycopy(line, end, rest, start, line.length - end);
    return rest;
  }
}
