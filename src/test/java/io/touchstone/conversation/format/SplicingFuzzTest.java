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
import java.util.Set;
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

  private static final Set<String> WRITTEN =
      Set.of(
          "reward",
          "rewards",
          "reward1",
          "reward2",
          "chosen_reward",
          "rejected_reward",
          "score_chosen",
          "score_rejected",
          "score_A",
          "score_B");

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
          String whole = new RowGenerator(random).row(format, scored).line();
          byte[] line = withoutLineFeeds(Fuzz.mutated(whole.getBytes(UTF_8), random));
          ParsedLine parsed =
              new RowReader(format, ReadRules.of(scored), ScoreFields.OWN).read(line);
          if (parsed instanceof Row row) {
            List<String> values = Collections.nCopies(row.conversations().size(), "1357.25");
            byte[] enriched = Lines.enriched(row, values);
            assertThat(enriched).doesNotContain('\n');
            ObjectNode after = object(enriched);
            assertThat(without(after)).isEqualTo(without(object(line)));
            assertThat(numbers(after)).isEqualTo(values.size());
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

  private static JsonNode without(ObjectNode row) {
    return row.deepCopy().remove(WRITTEN);
  }

  private static long numbers(ObjectNode row) {
    List<JsonNode> values = new ArrayList<>();
    WRITTEN.forEach(name -> leaves(row.path(name), values));
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
