package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.judge.Judge;
import io.touchstone.generation.judge.JudgeScorerFactory;
import io.touchstone.generation.recipe.Recipe;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.reward.Votes;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Principle;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.pipeline.SelfCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A model that writes judgements, against transformers; {@code make_judge.py} says how. */
final class JudgeScoresTest {
  private static final Path JUDGE = Path.of("src/test/resources/judge");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_NEW = 40;
  private static final JudgementAsk JUDGEMENT = new JudgementAsk("Final Judgement:", " Yes", " No");

  /** An answer that is judged by one principle, as transformers has it. */
  private record Case(Conversation scored, String principle, JsonNode expected) {
    Optional<Double> reward() {
      return Optional.ofNullable(expected.get("reward")).map(JsonNode::asDouble);
    }
  }

  private static List<Case> cases() throws IOException {
    List<JsonNode> expected = json("expected.jsonl");
    List<Case> cases = new ArrayList<>();
    for (JsonNode each : json("cases.jsonl")) {
      for (JsonNode answer : each.get("answers")) {
        for (JsonNode principle : each.get("principles")) {
          List<Turn> turns = new ArrayList<>();
          for (JsonNode turn : each.get("messages")) {
            turns.add(Turn.of(Role.of(turn.get("role").asText()), turn.get("content").asText()));
          }
          turns.add(Turn.of(Role.ASSISTANT, answer.asText()));
          cases.add(
              new Case(new Conversation(turns), principle.asText(), expected.get(cases.size())));
        }
      }
    }
    assertThat(cases).hasSameSizeAs(expected);
    return cases;
  }

  private static List<JsonNode> json(String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(JUDGE.resolve(name))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static Scorer open(SamplingAsk sampling, @Nullable Double missing) {
    return open(sampling, missing, List.of());
  }

  private static Scorer open(
      SamplingAsk sampling, @Nullable Double missing, List<Principle> principles) {
    EngineGeneratorFactory generators =
        EngineGeneratorFactory.of(
            new GenerationEngineConfig(
                JUDGE.resolve("model"),
                Checkpoint.Reading.defaults(),
                sampling,
                GenerationEngineConfig.Prompting.defaults(),
                Optional.of(JUDGEMENT),
                GenerationEngineConfig.Run.defaults()));
    Problems problems = new Problems();
    Recipe recipe =
        Recipe.read(
                Map.of(
                    "turn.1.content", "{prompt}",
                    "turn.2.role", "assistant",
                    "turn.2.content", "{response}",
                    "turn.3.role", "principle",
                    "turn.3.content", "{principle}"),
                Problem.in("recipe"),
                problems)
            .orElseThrow();
    return new JudgeScorerFactory(
            generators,
            Judge.of(
                recipe,
                principles,
                generators.judgement().orElseThrow(),
                new Judge.Words(" Yes", " No"),
                missing),
            MOST_NEW)
        .open();
  }

  private static SamplingAsk greedy() {
    return asking(true, OptionalDouble.empty(), 1, 0);
  }

  private static SamplingAsk asking(
      boolean greedy, OptionalDouble temperature, int votes, long seed) {
    return new SamplingAsk(
        greedy,
        temperature,
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.of(seed),
        OptionalInt.of(votes),
        OptionalInt.of(MOST_NEW),
        List.of());
  }

  private static PreparedRow row(Scorer scorer, Case each) {
    return (PreparedRow) scorer.prepare(List.of(each.scored), List.of(each.principle));
  }

  @Test
  void judgesAsTransformersDoes() throws IOException {
    try (Scorer scorer = open(greedy(), null)) {
      for (Case each : cases()) {
        PreparedRow row = row(scorer, each);
        assertThat(row.promptTokens()).containsExactly(each.expected.get("tokens").asInt());
        Verdict verdict = scorer.score(List.of(row)).verdicts().get(0);
        if (each.reward().isEmpty()) {
          assertThat(verdict).as(each.principle).isInstanceOf(Rejected.class);
          continue;
        }
        Reward reward = ((Scored) verdict).rewards().get(0);
        assertThat((double) reward.values()[0]).isCloseTo(each.reward().get(), within(1e-4));
        Votes votes = reward.votes().get(0);
        assertThat(votes.spread()).isZero();
        assertThat(votes.missing()).isZero();
        assertThat(votes.astray())
            .isEqualTo(each.expected.get("token").asText().matches(" (Yes|No)") ? 0 : 1);
        assertThat(votes.rationales())
            .containsExactly(
                each.expected
                    .get("text")
                    .asText()
                    .replace("<think>\n", "")
                    .replace("\n</think>", ""));
      }
    }
  }

  @Test
  void rejectsWhatHasNoJudgementAndSaysWhy() throws IOException {
    try (Scorer scorer = open(greedy(), null)) {
      List<String> reasons = new ArrayList<>();
      for (Case each : cases()) {
        if (scorer.score(List.of(row(scorer, each))).verdicts().get(0) instanceof Rejected why) {
          assertThat(why.kind()).isEqualTo("no-judgement");
          reasons.add(each.principle + ": " + why.reason());
        }
      }
      assertThat(reasons)
          .containsExactly(
              "silence: expected 'Final Judgement:' and a token behind it, found none in the answer",
              "dreams: expected 'Final Judgement:' and a token behind it, found none in the answer",
              "length: expected 'Final Judgement:' and a token behind it, found none in the answer,"
                  + " which ended at 40 tokens (--judge-tokens)");
    }
    try (Scorer scorer = open(greedy(), 0.0)) {
      for (Case each : cases()) {
        Scored scored = (Scored) scorer.score(List.of(row(scorer, each))).verdicts().get(0);
        Reward reward = scored.rewards().get(0);
        assertThat(reward.votes().get(0).missing()).isEqualTo(each.reward().isEmpty() ? 1 : 0);
        if (each.reward().isEmpty()) {
          assertThat(reward.values()).containsExactly(0);
        }
      }
    }
  }

  @Test
  void aRewardHasTheSameBitsWhateverElseIsJudged() throws IOException {
    SamplingAsk drawn = asking(false, OptionalDouble.of(1.3), 5, 7);
    List<List<Float>> alone = new ArrayList<>();
    List<PreparedRow> together = new ArrayList<>();
    try (Scorer scorer = open(drawn, 0.0)) {
      for (Case each : cases()) {
        PreparedRow row = row(scorer, each);
        alone.add(numbers(scorer.score(List.of(row)).verdicts().get(0)));
        together.add(row);
      }
    }
    assertThat(alone.stream().anyMatch(numbers -> numbers.get(1) > 0.1)).isTrue();
    try (Scorer scorer = open(drawn, 0.0)) {
      List<Verdict> verdicts = scorer.score(together).verdicts();
      for (int i = 0; i < alone.size(); i++) {
        assertThat(numbers(verdicts.get(i))).as("row %d", i).isEqualTo(alone.get(i));
      }
    }
    try (Scorer scorer = open(asking(false, OptionalDouble.of(1.3), 5, 8), 0.0)) {
      assertThat(scorer.score(together).verdicts().stream().map(JudgeScoresTest::numbers).toList())
          .isNotEqualTo(alone);
    }
  }

  /** A row's rewards and their spreads. */
  private static List<Float> numbers(Verdict verdict) {
    List<Float> numbers = new ArrayList<>();
    for (Reward reward : ((Scored) verdict).rewards()) {
      numbers.add(reward.values()[0]);
      numbers.add(reward.votes().get(0).spread());
    }
    return numbers;
  }

  @Test
  void onePromptOfARowWithoutAJudgementRejectsTheRow() throws IOException {
    Conversation scored = cases().get(0).scored;
    try (Scorer scorer = open(greedy(), null)) {
      PreparedRow row =
          (PreparedRow)
              scorer.prepare(List.of(scored, scored), List.of("correctness", "silence", "clarity"));
      assertThat(row.promptTokens()).hasSize(6);
      assertThat(scorer.score(List.of(row)).verdicts())
          .containsExactly(
              new Rejected(
                  "no-judgement",
                  "prompt 1 of the row: expected 'Final Judgement:' and a token behind it, found"
                      + " none in the answer"));
      PreparedRow sound = row.only(List.of(0, 2, 3));
      assertThat(((Scored) scorer.score(List.of(sound)).verdicts().get(0)).rewards()).hasSize(3);
    }
  }

  @Test
  void isSoundWhateverItWritesOfAConversationThatNobodyChose() {
    List<Principle> silence = List.of(new Principle("silence", "silence"));
    try (Scorer scorer = open(greedy(), null, silence)) {
      assertThat(scorer.writes()).isTrue();
      SelfCheck.alone(scorer);
      scorer.ready();
      assertThat(scorer.keepsBits()).isTrue();
    }
  }
}
