package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.generation.recipe.EffectiveFeedback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feedback and edits by the recipes of {@code conf/recipes}. */
final class RecipesTest {
  private static final String RECIPES = "conf/recipes/";

  @TempDir Path folder;

  private final Program program = Program.installed();

  private void run(String... words) {
    assertThat(program.run(List.of(words))).as(program.err()).isEqualTo(ExitStatus.DONE);
  }

  private List<JsonNode> rows(String name) throws IOException {
    return JsonLines.of(folder.resolve(name).resolve("part-00000.jsonl"));
  }

  @Test
  void editsAreThoseOfTransformersByTheFeedbackThatTheCardsCodeChooses() throws IOException {
    String fixtures = System.getProperty("touchstone.fixtures", "");
    Assumptions.assumeFalse(
        fixtures.isEmpty(), "no shared fixtures: system property touchstone.fixtures is unset");
    Path shared = Path.of(fixtures, "generation");
    List<JsonNode> expected = JsonLines.of(shared.resolve("models/expected/llama-edit.edit.jsonl"));
    for (boolean asked : List.of(true, false)) {
      List<String> call = new ArrayList<>();
      call.addAll(List.of("generate", shared.resolve("cases/edit.jsonl").toString()));
      call.addAll(List.of("--output", folder.resolve("asked-" + asked).toString()));
      call.addAll(List.of("--model", shared.resolve("models/llama-edit").toString()));
      call.addAll(List.of("--recipe", RECIPES + "edit.conf", "--into", "edits"));
      call.addAll(List.of("--max-new-tokens", "48"));
      if (asked) {
        call.add("--edit-without-feedback");
      }
      run(call.toArray(String[]::new));
      List<JsonNode> found = rows("asked-" + asked);
      assertThat(found).hasSameSizeAs(expected).isNotEmpty();
      for (int i = 0; i < found.size(); i++) {
        JsonNode row = found.get(i);
        int tokens = expected.get(i).path("ids").size();
        boolean isLeft = !asked && row.path("id").asText().equals("none");
        assertThat(row.path("edits"))
            .as("row %d", i)
            .hasSize(isLeft ? 0 : 1)
            .allMatch(expected.get(i).path("text")::equals);
        assertThat(row.path("edits_token_counts"))
            .as("row %d", i)
            .hasSize(isLeft ? 0 : 1)
            .allMatch(count -> count.asInt() == tokens);
      }
    }
    assertThat(program.out())
        .contains("\n  read      1 without feedback that asks for anything, given an empty list\n")
        .contains("\n  recipe    of {prompt}, {feedback}, {response}; answers stand in edits\n");
  }

  @Test
  void stagesFollowOnEachOtherAndAllJobsReadTheirRows() throws IOException {
    String first = folder.resolve("first").toString();
    String scored = folder.resolve("scored").toString();
    String feedback = folder.resolve("feedback").toString();
    String edits = folder.resolve("edits").toString();
    run(
        "generate",
        "data-samples/questions.jsonl",
        "--output",
        first,
        "--model",
        "demo",
        "--max-new-tokens",
        "24",
        "--samples",
        "3",
        "--temperature",
        "1");
    run("annotate", first, "--output", scored);
    run(
        "generate",
        scored,
        "--output",
        feedback,
        "--model",
        "demo",
        "--recipe",
        RECIPES + "feedback.conf",
        "--into",
        "feedback",
        "--samples",
        "4",
        "--max-new-tokens",
        "12");
    run(
        "generate",
        feedback,
        "--output",
        edits,
        "--model",
        "demo",
        "--recipe",
        RECIPES + "edit.conf",
        "--into",
        "edits",
        "--samples",
        "3",
        "--temperature",
        "1",
        "--max-new-tokens",
        "24");
    List<JsonNode> before = rows("scored");
    List<JsonNode> after = rows("edits");
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < after.size(); i++) {
      JsonNode row = after.get(i);
      before
          .get(i)
          .fields()
          .forEachRemaining(
              field -> assertThat(row.get(field.getKey())).isEqualTo(field.getValue()));
      assertThat(row.path("feedback")).hasSize(4);
      boolean isLeft = row.path("edits").isEmpty();
      assertThat(isLeft).as("row %d", i).isEqualTo(onlyPraise(row.path("feedback")));
      assertThat(row.path("edits")).hasSize(isLeft ? 0 : 3);
      assertThat(row.path("edits_finishes")).hasSize(isLeft ? 0 : 3);
    }
    String greedy = folder.resolve("greedy").toString();
    run(
        "generate",
        feedback,
        "--output",
        greedy,
        "--model",
        "demo",
        "--recipe",
        RECIPES + "edit.conf",
        "--into",
        "edits",
        "--max-new-tokens",
        "24");
    for (int i = 0; i < after.size(); i++) {
      assertThat(rows("greedy").get(i).at("/edits/0")).isEqualTo(after.get(i).at("/edits/0"));
    }
    run("annotate", edits, "--output", folder.resolve("again").toString());
    assertThat(rows("again")).isEqualTo(after);
    run("select", edits, "--output", folder.resolve("best").toString());
    assertThat(rows("best")).hasSameSizeAs(after);
  }

  private static boolean onlyPraise(JsonNode feedback) {
    for (JsonNode text : feedback) {
      if (!text.asText().startsWith(EffectiveFeedback.PRAISE)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void rowsThatBringTheirAnswersAreNotAsked() throws IOException {
    Path input =
        Files.writeString(
            folder.resolve("in.jsonl"),
            """
            {"prompt": "Hi", "responses": ["a", "b"], "rewards": [1, 2]}
            {"prompt": "Hello"}
            """);
    run(
        "generate",
        input.toString(),
        "--output",
        folder.resolve("out").toString(),
        "--model",
        "demo",
        "--max-new-tokens",
        "5",
        "--greedy",
        "--answers-from",
        "responses");
    assertThat(Files.readAllLines(folder.resolve("out/part-00000.jsonl")).get(0))
        .isEqualTo("{\"prompt\": \"Hi\", \"responses\": [\"a\", \"b\"], \"rewards\": [1, 2]}");
    assertThat(rows("out").get(1).path("responses")).hasSize(1);
    assertThat(program.out())
        .contains("\n  read      1 that bring answers of their own, and are asked for none\n")
        .contains("\n  answers   1: ");
  }
}
