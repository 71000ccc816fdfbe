package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.Conversation;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores and token counts that transformers gave in float64, one conversation at a time, held
 * against ours, all rows of a file in one load.
 */
final class ReferenceScores {

  /** transformers' own fp32 is up to 1e-5 away from its float64; a wrong mask or angle 1e-2. */
  static final double TOLERANCE = 1e-4;

  private static final String OBJECTIVES = "rewards";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Scorer scorer;
  private final List<String> attributes;
  private double largestDifference;
  private int scores;

  ReferenceScores(Scorer scorer, List<String> attributes) {
    this.scorer = scorer;
    this.attributes = attributes;
  }

  /** Which of the places and figures of an expected line are meant. */
  enum Asked {
    LAST_TURN("scores", "tokens", "score"),
    ALL_TURNS("all", "tokens", "score"),
    /** Of a model whose rewards can be normalised. */
    RAW("scores", "tokens", "score/raw"),
    NORMALIZED("scores", "tokens", "score/normalized"),
    /** Of a model whose score is made of objectives. */
    GATED("scores", "tokens", "score/score"),
    /** The same with its objectives behind it. */
    GATED_ALL("scores", "tokens", "score"),
    /** Of a model that answers with one of two tokens. */
    LOG_ODDS("scores", "tokens", "score/log_odds"),
    PROBABILITY("scores", "tokens", "score/probability"),
    STEERLM_PROMPT("scores", "steerlm_tokens", "steerlm_score"),
    /** As the checkpoints' shared reference results name it. */
    STEERLM_PROMPT_SCORE("scores", "steerlm_prompt_tokens", "steerlm_prompt_score");

    final String places;
    final String tokens;
    final String score;

    Asked(String places, String tokens, String score) {
      this.places = places;
      this.tokens = tokens;
      this.score = score;
    }
  }

  void check(RowFormat format, Path rows, Path expected, Asked asked) throws IOException {
    ScoredTurns turns = asked == Asked.ALL_TURNS ? ScoredTurns.ALL : ScoredTurns.LAST;
    RowReader reader = new RowReader(format, ReadRules.of(turns), ScoreFields.OWN);
    List<String> lines = Files.readAllLines(rows);
    List<String> wanted = Files.readAllLines(expected);
    assertThat(lines).hasSameSizeAs(wanted);
    List<PreparedRow> load = new ArrayList<>();
    List<JsonNode> places = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode want = JSON.readTree(wanted.get(i)).get(asked.places);
      Row row = (Row) reader.read(lines.get(i).getBytes(StandardCharsets.UTF_8));
      List<Conversation> conversations = row.conversations();
      String where = expected.getFileName() + " line " + i;
      assertThat(conversations).as(where).hasSize(want.size());
      if (asked.places.equals("scores") && asked.tokens.equals("tokens") && refuses(want)) {
        assertThat(scorer.prepare(conversations))
            .as(where)
            .isInstanceOf(Preparation.Unpreparable.class);
        continue;
      }
      if (refuses(want)) {
        continue;
      }
      PreparedRow prepared = (PreparedRow) scorer.prepare(conversations);
      for (int p = 0; p < want.size(); p++) {
        assertThat(prepared.promptTokens().get(p)).as(where).isEqualTo(tokens(want.get(p), asked));
      }
      load.add(prepared);
      places.add(want);
    }
    var verdicts = scorer.score(load).verdicts();
    for (int i = 0; i < load.size(); i++) {
      List<Reward> rewards = ((Scored) verdicts.get(i)).rewards();
      for (int p = 0; p < rewards.size(); p++) {
        compare(rewards.get(p), places.get(i).get(p).at("/" + asked.score), expected + " row " + i);
      }
    }
  }

  private static boolean refuses(JsonNode places) {
    for (JsonNode place : places) {
      if (place.has("error")) {
        return true;
      }
    }
    return false;
  }

  private static int tokens(JsonNode place, Asked asked) {
    return place.get(asked.tokens).asInt();
  }

  private void compare(Reward reward, JsonNode score, String where) {
    for (int k = 0; k < reward.values().length; k++) {
      double want = wanted(score, k);
      double difference = Math.abs(reward.values()[k] - want);
      assertThat(difference).as(where).isLessThanOrEqualTo(TOLERANCE);
      largestDifference = Math.max(largestDifference, difference);
      scores++;
    }
    int named = score.has(OBJECTIVES) ? 1 + score.get(OBJECTIVES).size() : score.size();
    assertThat(named).as(where).isIn(0, reward.values().length);
  }

  private double wanted(JsonNode score, int k) {
    if (score.has(OBJECTIVES)) {
      return (k == 0 ? score.get("score") : score.get(OBJECTIVES).get(k - 1)).asDouble();
    }
    return score.isObject() ? score.get(attributes.get(k)).asDouble() : score.asDouble();
  }

  double largestDifference() {
    return largestDifference;
  }

  int scores() {
    return scores;
  }
}
