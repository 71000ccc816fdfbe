package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.Steps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Models that judge steps, against their published arithmetic (src/test/python/make_steps.py). */
final class StepScoresTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String BLANK_LINE = "\n\n";

  private static final Map<String, Steps> SHARED =
      Map.of(
          "qwen-math-prm", new Steps(BLANK_LINE, "<extra_0>", List.of()),
          "rlhflow-prm", new Steps(BLANK_LINE, "", List.of("+", "-")));

  @TestFactory
  Stream<DynamicTest> sharedModelsJudgeStepsAsTheirReferencesDo() {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    Path families = Path.of(fixtures, "families");
    return SHARED.entrySet().stream()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model.getKey(),
                    () ->
                        check(
                            families.resolve(model.getKey()),
                            model.getValue(),
                            FormatTable.HELPSTEER2,
                            families.resolve("cases-steps/helpsteer2-steps.jsonl"),
                            families.resolve(
                                "expected/" + model.getKey() + ".helpsteer2-steps.jsonl"))));
  }

  private static void check(Path folder, Steps steps, RowFormat format, Path rows, Path expected)
      throws IOException {
    RowReader reader = new RowReader(format);
    List<String> lines = Files.readAllLines(rows);
    List<String> wanted = Files.readAllLines(expected);
    assertThat(lines).hasSameSizeAs(wanted);
    double largest = 0;
    int count = 0;
    try (Scorer scorer =
        EngineScorerFactory.of(EngineConfig.defaults(folder).with(new DeviceRule.Cpu()).with(steps))
            .open()) {
      List<PreparedRow> load = new ArrayList<>();
      for (String line : lines) {
        Row row = (Row) reader.read(line.getBytes(StandardCharsets.UTF_8));
        load.add((PreparedRow) scorer.prepare(row.conversations()));
      }
      LoadResult result = scorer.score(load);
      for (int i = 0; i < load.size(); i++) {
        List<Reward> rewards = ((Scored) result.verdicts().get(i)).rewards();
        int next = 0;
        int prompt = 0;
        for (JsonNode place : JSON.readTree(wanted.get(i)).get("scores")) {
          String where = expected.getFileName() + " line " + i + ", " + place.get("at").asText();
          assertThat(load.get(i).promptTokens().get(prompt))
              .as(where)
              .isEqualTo(place.get("tokens").asInt());
          assertThat(load.get(i).rewards().get(prompt))
              .as(where)
              .isEqualTo(place.get("score").size());
          for (JsonNode score : place.get("score")) {
            double difference = Math.abs(rewards.get(next).values()[0] - score.asDouble());
            assertThat(difference).as(where).isLessThanOrEqualTo(ReferenceScores.TOLERANCE);
            largest = Math.max(largest, difference);
            next++;
            count++;
          }
          prompt++;
        }
        assertThat(rewards).hasSize(next);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d steps, largest difference %.1e%n",
        expected.getFileName(),
        count,
        largest);
  }
}
