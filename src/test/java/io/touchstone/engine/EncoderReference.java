package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.conversation.line.Row;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Scores that transformers gave an encoder in float64, one text or pair at a time, held against
 * ours, all rows of a file in one load.
 */
final class EncoderReference {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScorerFactory factory;
  private final double tolerance;
  private double largestDifference;
  private int scores;
  private int cut;

  EncoderReference(ScorerFactory factory, double tolerance) {
    this.factory = factory;
    this.tolerance = tolerance;
  }

  /**
   * @param rows a folder with a file of a format's word each
   * @param expected from a file of rows to its reference
   */
  void check(Path rows, UnaryOperator<Path> expected) throws IOException {
    try (Scorer scorer = factory.open()) {
      for (RowFormat format : FormatTable.ALL) {
        Path file = rows.resolve(format.word() + ".jsonl");
        if (Files.exists(file) && Files.exists(expected.apply(file))) {
          check(scorer, format, file, expected.apply(file));
        }
      }
    }
  }

  private void check(Scorer scorer, RowFormat format, Path file, Path expected) throws IOException {
    RowReader reader = new RowReader(format, ReadRules.of(ScoredTurns.LAST), ScoreFields.OWN);
    List<String> lines = Files.readAllLines(file);
    List<String> wanted = Files.readAllLines(expected);
    assertThat(lines).hasSameSizeAs(wanted);
    List<PreparedRow> load = new ArrayList<>();
    List<JsonNode> places = new ArrayList<>();
    boolean cuts = factory.model().prompt().contains("cut");
    for (int i = 0; i < lines.size(); i++) {
      JsonNode want = JSON.readTree(wanted.get(i)).get("scores");
      Row row = (Row) reader.read(lines.get(i).getBytes(StandardCharsets.UTF_8));
      List<Conversation> conversations = row.conversations();
      String where = expected.getFileName() + " line " + i;
      assertThat(conversations).as(where).hasSize(want.size());
      int over = over(want);
      if (want.get(0).has("error")) {
        assertThat(scorer.prepare(conversations))
            .as(where)
            .isInstanceOf(Preparation.Unpreparable.class);
        continue;
      }
      Preparation preparation = scorer.prepare(conversations);
      if (over > 0 && !cuts) {
        assertThat(preparation).as(where).isInstanceOf(Preparation.Unpreparable.class);
        assertThat(((Preparation.Unpreparable) preparation).rejected().kind())
            .as(where)
            .isEqualTo("too-many-tokens");
        continue;
      }
      PreparedRow prepared = (PreparedRow) preparation;
      assertThat(prepared.cutTexts()).as(where).isEqualTo(over);
      cut += over;
      for (int p = 0; p < want.size(); p++) {
        int tokens = Math.min(want.get(p).get("tokens").asInt(), factory.model().maxTokens());
        assertThat(prepared.promptTokens().get(p)).as(where).isEqualTo(tokens);
      }
      load.add(prepared);
      places.add(want);
    }
    var verdicts = scorer.score(load).verdicts();
    for (int i = 0; i < load.size(); i++) {
      List<Reward> rewards = ((Scored) verdicts.get(i)).rewards();
      for (int p = 0; p < rewards.size(); p++) {
        compare(rewards.get(p), places.get(i).get(p).get("score"), expected + " row " + i);
      }
    }
  }

  private static int over(JsonNode places) {
    int over = 0;
    for (JsonNode place : places) {
      over += place.path("over_long").asBoolean() ? 1 : 0;
    }
    return over;
  }

  private void compare(Reward reward, JsonNode score, String where) {
    JsonNode want = score;
    List<String> names = factory.model().attributes();
    for (int k = 0; k < reward.values().length; k++) {
      double value = want.isObject() ? want.get(names.get(k)).asDouble() : want.asDouble();
      double difference = Math.abs(reward.values()[k] - value);
      assertThat(difference).as(where).isLessThanOrEqualTo(tolerance);
      largestDifference = Math.max(largestDifference, difference);
      scores++;
    }
    assertThat(want.size()).as(where).isIn(0, reward.values().length);
  }

  double largestDifference() {
    return largestDifference;
  }

  int scores() {
    return scores;
  }

  int cut() {
    return cut;
  }
}
