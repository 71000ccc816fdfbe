package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.Fuzz;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written into a damaged row is all that a JSON reader finds changed in it. */
final class SplicingFuzzTest {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static Stream<RowFormat> formats() {
    return FormatTable.ALL.stream().filter(format -> format != FormatTable.STEERLM);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void onlyTheScoresChange(RowFormat format) {
    Fuzz.run(
        "splicing " + format,
        random -> {
          ScoredTurns scored = ScoredTurns.values()[random.nextInt(2)];
          RowGenerator generator = new RowGenerator(random);
          RowFormat asked = random.nextInt(3) == 0 ? generator.mapped(format) : format;
          String whole = generator.row(asked, scored).line();
          byte[] line = withoutLineFeeds(Fuzz.mutated(whole.getBytes(UTF_8), random));
          ParsedLine parsed =
              new RowReader(asked, ReadRules.of(scored), ScoreFields.OWN).read(line);
          if (parsed instanceof Row row) {
            List<String> values = Collections.nCopies(row.conversations().size(), "1357.25");
            byte[] enriched = Lines.enriched(row, values);
            assertThat(enriched).doesNotContain('\n');
            ObjectNode after = object(enriched);
            List<String> written =
                format.scoring(scored).scores().by(format.scoring(scored).scores().word());
            assertThat(after.deepCopy().remove(written)).isEqualTo(object(line).remove(written));
            assertThat(numbers(after, written)).isEqualTo(values.size());
          }
        });
  }

  /** No line has any. */
  private static byte[] withoutLineFeeds(byte[] line) {
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
    }
    return line;
  }

  private static ObjectNode object(byte[] line) throws IOException {
    // From text: the reader of bytes wants surrogates in names to come in pairs.
    return (ObjectNode) JSON.readTree(new String(line, UTF_8));
  }

  private static long numbers(ObjectNode row, List<String> written) {
    List<JsonNode> values = new ArrayList<>();
    written.forEach(name -> leaves(row.path(name), values));
    return values.stream().filter(value -> value.asText().equals("1357.25")).count();
  }

  private static void leaves(JsonNode node, List<JsonNode> into) {
    if (node.isContainerNode()) {
      node.forEach(child -> leaves(child, into));
    } else if (!node.isMissingNode()) {
      into.add(node);
    }
  }
}
