package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.JudgedBy;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Principle;
import io.touchstone.scoring.Question;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.pipeline.SelfCheck;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Models that are asked about principles, against transformers. */
final class AnswerScoresTest {

  private static final String QUESTION =
      "Evaluate the response to the previous prompt in terms of whether it satisfies this principle:"
          + " {principle}. Only answer Yes or No.";

  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final Path ANSWERS = REFERENCES.resolve("answers");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> answersAsTransformersDoes() {
    return Stream.of("llama-causal", "qwen3-causal")
        .map(name -> DynamicTest.dynamicTest(name, () -> checkOwn(name)));
  }

  private static void checkOwn(String name) throws IOException {
    List<JsonNode> cases = json(ANSWERS.resolve("cases.jsonl"));
    List<JsonNode> expected = json(ANSWERS.resolve(name + ".jsonl"));
    try (Scorer scorer = open(name, List.of(), AnswerScale.DIFFERENCE)) {
      for (int i = 0; i < cases.size(); i++) {
        List<String> principles = texts(cases.get(i).get("principles"));
        PreparedRow row = (PreparedRow) scorer.prepare(conversations(cases.get(i)), principles);
        assertThat(row.promptTokens())
            .containsExactlyElementsOf(
                values(expected.get(i)).stream().map(each -> each.get("tokens").asInt()).toList());
        List<Double> rewards =
            values(expected.get(i)).stream().map(each -> each.get("reward").asDouble()).toList();
        assertClose(rewards(scorer, row), rewards);
      }
    }
  }

  @Test
  void aPrincipleHasTheSameBitsWhateverElseIsAskedOrScored() throws IOException {
    List<String> all = List.of("correctness", "correct in every single word that it has", "wit");
    List<JsonNode> cases = json(ANSWERS.resolve("cases.jsonl"));
    try (Scorer scorer = open("llama-causal", List.of(), AnswerScale.DIFFERENCE)) {
      List<PreparedRow> together = new ArrayList<>();
      List<List<Float>> alone = new ArrayList<>();
      for (JsonNode each : cases) {
        List<Conversation> conversations = conversations(each);
        together.add((PreparedRow) scorer.prepare(conversations, all));
        List<Float> ofRow = new ArrayList<>();
        for (String principle : all) {
          PreparedRow one = (PreparedRow) scorer.prepare(conversations, List.of(principle));
          ofRow.addAll(rewards(scorer, one));
        }
        alone.add(ofRow);
      }
      LoadResult load = scorer.score(together);
      for (int i = 0; i < cases.size(); i++) {
        assertThat(floats(((Scored) load.verdicts().get(i)).rewards())).isEqualTo(alone.get(i));
      }
    }
  }

  @Test
  void principlesShareTheirConversationsTokens() throws IOException {
    JsonNode first = json(ANSWERS.resolve("cases.jsonl")).get(2);
    try (Scorer scorer = open("llama-causal", List.of(), AnswerScale.DIFFERENCE)) {
      PreparedRow one =
          (PreparedRow) scorer.prepare(conversations(first), List.of("clarity of language"));
      PreparedRow three =
          (PreparedRow)
              scorer.prepare(
                  conversations(first), List.of("clarity of language", "honesty", "brevity"));
      assertThat(three.presentedTokens()).isGreaterThan(2 * one.presentedTokens());
      // What is left of the question and the generation prompt are a few tens of tokens.
      assertThat(scorer.score(List.of(three)).computedTokens())
          .isEqualTo(three.distinctTokens())
          .isLessThan(one.distinctTokens() + 120);
    }
  }

  @Test
  void rowsOfOneConversationShareItWhateverTheyAreJudgedBy() throws IOException {
    JsonNode first = json(ANSWERS.resolve("cases.jsonl")).get(2);
    try (Scorer scorer = open("llama-causal", List.of(), AnswerScale.DIFFERENCE)) {
      PreparedRow one = (PreparedRow) scorer.prepare(conversations(first), List.of("honesty"));
      PreparedRow other = (PreparedRow) scorer.prepare(conversations(first), List.of("brevity"));
      assertThat(scorer.score(List.of(one, other)).computedTokens())
          .isLessThan(one.distinctTokens() + 60);
    }
  }

  @Test
  void aModelIsTriedWithOneQuestionHoweverManyItIsAsked() throws IOException {
    List<Principle> principles =
        IntStream.range(0, 60).mapToObj(i -> new Principle("p" + i, "rule " + i)).toList();
    AtomicInteger prompts = new AtomicInteger();
    try (Scorer scorer = open("llama-causal", principles, AnswerScale.DIFFERENCE)) {
      assertThat(SelfCheck.keepsBits(new Counted(scorer, prompts))).isTrue();
    }
    // Eight answers, alone and in four companies.
    assertThat(prompts.get()).isBetween(8, 60);
  }

  /** Counts the prompts that are scored. */
  private record Counted(Scorer of, AtomicInteger prompts) implements Scorer {
    @Override
    public Preparation prepare(List<Conversation> conversations) {
      return of.prepare(conversations);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      rows.forEach(row -> prompts.addAndGet(row.promptTokens().size()));
      return of.score(rows);
    }

    @Override
    public int loadTokens() {
      return of.loadTokens();
    }

    @Override
    public void close() {}
  }

  @Test
  void aProbabilityIsTheLogisticOfTheDifference() throws IOException {
    JsonNode first = json(ANSWERS.resolve("cases.jsonl")).get(0);
    List<Principle> principles = List.of(new Principle("a", "correctness"));
    try (Scorer difference = open("llama-causal", principles, AnswerScale.DIFFERENCE);
        Scorer probability = open("llama-causal", principles, AnswerScale.PROBABILITY)) {
      float logit =
          rewards(difference, (PreparedRow) difference.prepare(conversations(first))).get(0);
      float share =
          rewards(probability, (PreparedRow) probability.prepare(conversations(first))).get(0);
      assertThat((double) share).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-6));
      assertThat(share).isBetween(0.001f, 0.999f);
    }
  }

  @TestFactory
  Stream<DynamicTest> sharedPrinciplesAreAnsweredAsTheirReferencesAre() {
    Path models = fixtures().resolve("generation/models");
    return Stream.of("llama-edit", "qwen3-thinking")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      List<JsonNode> cases =
                          json(fixtures().resolve("generation/cases/principle.jsonl"));
                      List<JsonNode> expected =
                          json(models.resolve("expected/" + name + ".principle.jsonl"));
                      assertThat(cases).hasSameSizeAs(expected);
                      try (Scorer scorer =
                          open(models.resolve(name), null, List.of(), "Yes", "No")) {
                        for (int i = 0; i < cases.size(); i++) {
                          PreparedRow row =
                              (PreparedRow)
                                  scorer.prepare(
                                      conversations(cases.get(i)),
                                      List.of(cases.get(i).get("principle").asText()));
                          assertThat(row.promptTokens())
                              .containsExactly(expected.get(i).get("prompt_ids").size());
                          assertClose(
                              rewards(scorer, row),
                              List.of(expected.get(i).get("reward").asDouble()));
                        }
                      }
                    }));
  }

  @Test
  void theSharedPrincipleFamilyScoresAsItsReferencesDoInEveryFormat() throws IOException {
    Path cases = fixtures().resolve("models/cases");
    Path families = fixtures().resolve("families");
    List<Principle> principles = List.of(new Principle("correctness", "correctness"));
    try (Scorer scorer = open(families.resolve("llama-principle"), null, principles, "Y", "N")) {
      ReferenceScores scores = new ReferenceScores(scorer, List.of("correctness"));
      for (RowFormat format : FormatTable.ALL) {
        Path rows = cases.resolve(format.word() + ".jsonl");
        Path expected = families.resolve("expected/llama-principle." + format.word() + ".jsonl");
        if (Files.exists(rows) && Files.exists(expected)) {
          scores.check(format, rows, expected, ReferenceScores.Asked.LAST_TURN);
        }
      }
      System.out.println(
          "llama-principle: " + scores.scores() + " scores, " + scores.largestDifference());
      assertThat(scores.scores()).isGreaterThan(90);
    }
  }

  /** Whether an answer is True, behind the conversation itself. */
  @TestFactory
  Stream<DynamicTest> theSharedGraniteAnswersAsItsReferencesDoInEveryFormat() {
    Path cases = fixtures().resolve("models/cases");
    Path families = fixtures().resolve("families");
    return Stream.of(AnswerScale.values())
        .map(
            scale ->
                DynamicTest.dynamicTest(
                    scale.toString(),
                    () -> {
                      Asking asking = new Asking(Question.NONE, " True", " False", scale);
                      try (Scorer scorer = open(families.resolve("granite-yesno"), null, asking)) {
                        ReferenceScores scores = new ReferenceScores(scorer, List.of("reward"));
                        for (RowFormat format : FormatTable.ALL) {
                          Path rows = cases.resolve(format.word() + ".jsonl");
                          if (Files.exists(rows)) {
                            Path expected =
                                families.resolve(
                                    "expected/granite-yesno." + format.word() + ".jsonl");
                            scores.check(
                                format,
                                rows,
                                expected,
                                scale == AnswerScale.DIFFERENCE
                                    ? ReferenceScores.Asked.LOG_ODDS
                                    : ReferenceScores.Asked.PROBABILITY);
                          }
                        }
                        assertThat(scores.scores()).isEqualTo(95);
                      }
                    }));
  }

  private static Path fixtures() {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    return Path.of(fixtures);
  }

  private static Scorer open(String name, List<Principle> principles, AnswerScale scale)
      throws IOException {
    String template =
        name.startsWith("qwen3") ? Files.readString(ANSWERS.resolve("thinks.jinja")) : null;
    return open(
        REFERENCES.resolve(name),
        template,
        new Asking(new Question(QUESTION, principles), "Y", "N", scale));
  }

  private static Scorer open(
      Path folder, String template, List<Principle> principles, String wanted, String unwanted) {
    return open(
        folder,
        template,
        new Asking(new Question(QUESTION, principles), wanted, unwanted, AnswerScale.DIFFERENCE));
  }

  private static Scorer open(Path folder, String template, Asking asking) {
    return EngineScorerFactory.of(
            new EngineConfig(
                folder,
                new Checkpoint.Reading(
                        TokenizerChoice.TRANSFORMERS5,
                        Optional.ofNullable(template),
                        RewardScale.RAW)
                    .with(JudgedBy.ANSWER),
                EngineConfig.Known.NOT,
                PromptChoice.CHAT,
                0,
                Optional.of(asking),
                List.of(),
                OptionalInt.empty(),
                EngineConfig.TEMPLATE_DATE,
                Precision.FP32,
                new DeviceRule.Cpu(),
                Resources.OF_THE_MACHINE))
        .open();
  }

  private static List<Conversation> conversations(JsonNode row) {
    byte[] line = row.toString().getBytes(StandardCharsets.UTF_8);
    return ((Row) new RowReader(FormatTable.MESSAGES).read(line)).conversations();
  }

  private static List<Float> rewards(Scorer scorer, PreparedRow row) {
    return floats(((Scored) scorer.score(List.of(row)).verdicts().get(0)).rewards());
  }

  private static List<Float> floats(List<Reward> rewards) {
    return rewards.stream().map(reward -> reward.values()[0]).toList();
  }

  private static void assertClose(List<Float> found, List<Double> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(Math.abs(found.get(i) - expected.get(i)))
          .isLessThanOrEqualTo(ReferenceScores.TOLERANCE);
    }
  }

  private static List<JsonNode> json(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static List<String> texts(JsonNode list) {
    return values(list).stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> values(JsonNode list) {
    List<JsonNode> values = new ArrayList<>();
    list.forEach(values::add);
    return values;
  }
}
