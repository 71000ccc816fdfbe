package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every byte that is not written stays: rows from a generator that knows where values belong. */
final class RowBytesTest {

  private static final int ROWS = 150;

  @ParameterizedTest
  @FieldSource("io.touchstone.conversation.format.FormatTable#ALL")
  void keepsEveryByteThatIsNotItsOwn(RowFormat format) throws IOException {
    check(format, generator -> format);
  }

  @ParameterizedTest
  @MethodSource("mappable")
  void keepsEveryByteOfARowWhoseFieldsAreElsewhere(RowFormat format) throws IOException {
    check(format, generator -> generator.mapped(format));
  }

  private static Stream<RowFormat> mappable() {
    return FormatTable.ALL.stream().filter(format -> format != FormatTable.STEERLM);
  }

  private static void check(RowFormat format, Function<RowGenerator, RowFormat> read)
      throws IOException {
    long seed = System.nanoTime();
    System.out.println("RowBytesTest " + format + " seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < ROWS; i++) {
      ScoredTurns scored = ScoredTurns.values()[random.nextInt(2)];
      RowGenerator generator = new RowGenerator(random);
      RowFormat asked = read.apply(generator);
      GeneratedRow generated = generator.row(asked, scored);
      String line = generated.line();
      String of = "seed %d, row %d, %s: %s".formatted(seed, i, asked.planned(), line);
      ParsedLine parsed =
          new RowReader(asked, ReadRules.of(scored), ScoreFields.OWN).read(line.getBytes(UTF_8));
      assertThat(parsed).as(of).isInstanceOf(Row.class);
      Row row = (Row) parsed;
      List<String> values = values(random, row.conversations().size(), row.writesLabels());

      String enriched = new String(Lines.enriched(row, values), UTF_8);

      assertThat(enriched).as(of).isEqualTo(generated.expected(values));
      assertIsOneObject(enriched);
    }
  }

  private static List<String> values(Random random, int count, boolean labels) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String number = Float.toString(random.nextFloat() * 20 - 10);
      values.add(labels ? "\"helpfulness:" + number + "\"" : number);
    }
    return values;
  }

  private static void assertIsOneObject(String line) throws IOException {
    try (JsonParser in = new JsonFactory().createParser(line)) {
      assertThat(in.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      in.skipChildren();
      assertThat(in.nextToken()).isNull();
    }
  }
}
