package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.GeneratedRow;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowGenerator;
import io.touchstone.conversation.format.ScoredTurns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JsonRowTest {

  private static JsonRow row(String line) {
    return JsonRow.read(line.getBytes(UTF_8));
  }

  private static MalformedRow refusal(Runnable reading) {
    return catchThrowableOfType(RowProblem.class, reading::run).row();
  }

  private static Map<String, String> fields(String... namesAndValues) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  @Test
  void valuesAreFoundWhereTheyStandAndNamedByTheirPath() {
    JsonRow row =
        row(
            "{\"ä😀\": \"é\", \"rewards\": [{\"a\": 1.50, \"b\": -2e3} , 7 ,[\"x\", \"]\"]],"
                + " \"n\": 12345678901234567890}");
    List<RowValue> rewards = row.required("rewards", "a list").elements("a list");
    assertThat(rewards)
        .extracting(RowValue::json)
        .containsExactly("{\"a\": 1.50, \"b\": -2e3}", "7", "[\"x\", \"]\"]");
    RowValue b = rewards.get(0).member("b").orElseThrow();
    assertThat(b.path()).isEqualTo("rewards[0].b");
    assertThat(b.number()).isEqualTo(-2000);
    assertThat(rewards.get(1).number()).isEqualTo(7);
    assertThat(rewards.get(2).elements("a list").get(1).json()).isEqualTo("\"]\"");
    assertThat(rewards.get(1).member("a")).isEmpty();
    assertThat(row.find("n").orElseThrow().number()).isEqualTo(1.2345678901234567e19);
    assertThat(row.find("m")).isEmpty();
    assertThat(row.names()).containsExactly("ä😀", "rewards", "n");
  }

  @Test
  void reasonsNameThePlaceWhatWasExpectedAndWhatWasFound() {
    assertThat(refusal(() -> row("[1]")).reason())
        .isEqualTo("line: expected a JSON object, found a list");
    assertThat(refusal(() -> row("{\"a\": 1} x")).kind()).isEqualTo("not-json");
    assertThat(refusal(() -> row("")).reason())
        .isEqualTo("line: expected a JSON object, found nothing");
    JsonRow row = row("{\"a\": {\"b\": null, \"b\": 1}, \"c\": 1e999, \"d\": 1, \"d\": 2}");
    assertThat(refusal(() -> row.required("x", "a number")))
        .isEqualTo(new MalformedRow("missing-field", "x: expected a number, found no such field"));
    assertThat(refusal(() -> row.required("a", "").number()).reason())
        .isEqualTo("a: expected a number, found an object");
    assertThat(refusal(() -> row.required("a", "").elements("a list of numbers")).reason())
        .isEqualTo("a: expected a list of numbers, found an object");
    assertThat(refusal(() -> row.required("a", "").member("b")).reason())
        .isEqualTo("a.b: expected the field once, found it twice");
    assertThat(refusal(() -> row.find("d")).kind()).isEqualTo("duplicate-field");
    assertThat(refusal(() -> row.required("c", "").number()))
        .isEqualTo(
            new MalformedRow(
                "not-finite", "c: expected a finite number, found one beyond 1.8e308"));
  }

  @Test
  void fieldsAreReplacedOrAppendedAndAllElseStaysAsItWas() {
    String line = "{\"é\": 2.50,\"rank\":7 , \"u\": \"\\u00e9\" }";
    assertThat(new String(row(line).with(fields("percentile", "50.0", "rank", "1")), UTF_8))
        .isEqualTo("{\"é\": 2.50,\"rank\":1 , \"u\": \"\\u00e9\", \"percentile\": 50.0 }");
    assertThat(new String(row("{\"a\":1}").with(fields("x", "1", "y", "2")), UTF_8))
        .isEqualTo("{\"a\":1,\"x\":1,\"y\":2}");
    assertThat(new String(row("{}").with(fields("x", "1")), UTF_8)).isEqualTo("{\"x\": 1}");
  }

  @Test
  void aRebuiltRowHasTheNewFieldsFirstAndTheOthersAsTheyStand() {
    JsonRow row =
        row("{\"prompt\": \"p\", \"id\": 2.50, \"rewards\": [1], \"é\" :  [1,2], \"reward\": 9}");
    assertThat(
            new String(
                row.rebuilt(fields("input", "\"p\"", "reward", "1"), Set.of("prompt", "rewards")),
                UTF_8))
        .isEqualTo("{\"input\": \"p\", \"reward\": 1, \"id\": 2.50, \"é\" :  [1,2]}");
    assertThat(
            new String(
                row("{\"prompt\":1,\"b\":2}").rebuilt(fields("a", "1"), Set.of("prompt")), UTF_8))
        .isEqualTo("{\"a\":1,\"b\":2}");
  }

  @Test
  void everyFieldOfAGeneratedRowIsFoundAgain() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      RowFormat format = FormatTable.ALL.get(i % FormatTable.ALL.size());
      GeneratedRow generated = new RowGenerator(random).row(format, ScoredTurns.LAST);
      JsonRow row = row(generated.line());
      for (String name : row.names()) {
        if (name.equals("unknown")) {
          // May stand there twice.
          continue;
        }
        String json = row.find(name).orElseThrow().json();
        assertThat(new String(row.with(fields(name, json)), UTF_8)).isEqualTo(generated.line());
      }
    }
  }
}
