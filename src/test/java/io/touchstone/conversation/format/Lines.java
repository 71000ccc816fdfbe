package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Accompanied;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import java.util.List;

/** Short ways to read a line and to look at what came of it. */
final class Lines {

  private Lines() {}

  static ParsedLine parsed(RowFormat format, String line) {
    return new RowReader(format).read(line.getBytes(UTF_8));
  }

  static Row row(RowFormat format, String line) {
    return row(format, ScoredTurns.LAST, line);
  }

  static Row row(RowFormat format, ScoredTurns scored, String line) {
    ParsedLine parsed =
        new RowReader(format, ReadRules.of(scored), ScoreFields.OWN).read(line.getBytes(UTF_8));
    assertThat(parsed).isInstanceOf(Row.class);
    return (Row) parsed;
  }

  static String enriched(Row row, String... values) {
    return new String(enriched(row, List.of(values)), UTF_8);
  }

  static byte[] enriched(Row row, List<String> scores) {
    return row.enrich(scores.stream().map(score -> new Accompanied<>(score, List.of())).toList());
  }

  /** One line for each conversation: {@code user:Hi|assistant:Hello}. */
  static List<String> outline(Row row) {
    return row.conversations().stream()
        .map(
            conversation ->
                String.join(
                    "|",
                    conversation.turns().stream()
                        .map(turn -> turn.fields().get("role") + ":" + turn.text())
                        .toList()))
        .toList();
  }

  static void assertMalformed(RowFormat format, String line, String kind, String reason) {
    assertThat(parsed(format, line)).isEqualTo(new MalformedRow(kind, reason));
  }
}
