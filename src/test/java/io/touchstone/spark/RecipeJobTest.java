package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.generation.recipe.RowPrompts;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.PromptMaking;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose prompts are made of rows, of which some are not asked. */
final class RecipeJobTest {
  private static final int ROWS = 60;

  private static final Map<String, String> EDIT =
      Map.of(
          "turn.1.content", "{prompt}",
          "turn.2.role", "user",
          "turn.2.content", "{response} by {feedback}",
          "feedback.choose", "effective");

  @TempDir Path folder;

  @AfterEach
  void listenNoMore() {
    CommitStep.listen(step -> {});
  }

  private static GenerateConfig config(Path out, Path input, Map<String, String> recipe) {
    Problems problems = new Problems();
    RowPrompts prompts =
        RowPrompts.read(
                recipe,
                new RowPrompts.Fields("edits", "feedback", "rewards"),
                RowPrompts.WithoutFeedback.LEFT,
                Problem.in("edit.conf"),
                problems)
            .orElseThrow();
    return GenerateJobs.with(
        GenerateJobs.config(out, 1 << 20, input), new PromptMaking(PromptRules.DEFAULT, prompts));
  }

  /** Every fourth row has nothing to be edited by. */
  private Path input() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String feedback = i % 4 == 0 ? "The response is perfectly helpful" : "but " + i;
      rows.add("{\"prompt\": \"q\", \"response\": \"a\", \"feedback\": [\"" + feedback + "\"]}");
    }
    return Files.write(folder.resolve("in.jsonl"), rows);
  }

  private static void run(GenerateConfig config, FakeGeneratorFactory generators) throws Exception {
    GenerateProcess.run(GenerateJobs.plan(config, generators), generators, new Configuration());
  }

  @Test
  void rowsThatAreNotAskedStandInTheirPlacesAndAreCounted() throws Exception {
    Path input = input();
    Path out = folder.resolve("out");
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("recipe");
    run(config(out, input, EDIT), generators);
    assertThat(generators.answered()).isEqualTo(ROWS * 3 / 4);
    List<String> lines = Files.readAllLines(input);
    List<String> found = Jobs.parts(out).lines().toList();
    assertThat(found).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      String begun = lines.get(i).substring(0, lines.get(i).length() - 1) + ", \"edits\": [";
      assertThat(found.get(i)).startsWith(begun);
      if (i % 4 == 0) {
        assertThat(found.get(i)).isEqualTo(begun + "]}");
      } else {
        assertThat(JsonFile.tree(found.get(i).getBytes(UTF_8)).path("edits_finishes")).hasSize(2);
      }
    }
    JsonNode run = JsonFile.tree(Files.readAllBytes(out.resolve("_run.json")));
    assertThat(run.path("rows").toString())
        .isEqualTo("{\"in\":60,\"out\":60,\"rejected\":0,\"blank\":0}");
    assertThat(run.path("notes").toString()).isEqualTo("{\"no-feedback\":15}");
    assertThat(run.path("answers").path("count").asInt()).isEqualTo(90);
    assertThat(run.path("equalPrompts").path("rows").asInt()).isZero();
    assertThat(run.path("recipe").path("turn.2").asText())
        .isEqualTo("user: {response} by {feedback}");
  }

  @Test
  void whatAnAttemptHasFinishedIsTakenWhetherItWasAskedOrNot() throws Exception {
    Path input = input();
    Path out = folder.resolve("out");
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("recipe-taken");
    CommitStep.listen(Death.at(CommitStep.RECORD_WRITTEN));
    assertThatThrownBy(() -> run(config(out, input, EDIT), generators))
        .isInstanceOf(ExecutionException.class);
    CommitStep.listen(step -> {});
    Path left;
    try (Stream<Path> files = Files.walk(out.resolve("_tmp"))) {
      left = files.filter(file -> file.toString().contains(".finished-")).findFirst().orElseThrow();
    }
    List<String> finished = Files.readAllLines(left);
    assertThat(finished).hasSize(ROWS);
    Files.write(left, finished.subList(0, ROWS / 2));
    long before = generators.answered();
    run(config(out, input, EDIT), generators);
    assertThat(generators.answered() - before).isLessThanOrEqualTo(ROWS / 2).isPositive();
    assertThat(
            JsonFile.tree(Files.readAllBytes(out.resolve("_run.json"))).path("takenRows").asInt())
        .isEqualTo(ROWS / 2);
    Path whole = folder.resolve("whole");
    run(config(whole, input, EDIT), FakeGeneratorFactory.named("recipe-whole"));
    assertThat(Jobs.parts(out)).isEqualTo(Jobs.parts(whole));
  }

  @Test
  void aFolderBegunByAnotherRecipeIsRefused() throws Exception {
    Path input = input();
    Path out = folder.resolve("out");
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("recipe-other");
    run(config(out, input, EDIT), generators);
    Map<String, String> other = new TreeMap<>(EDIT);
    other.put("turn.2.content", "{response}, but by {feedback}");
    assertThatThrownBy(() -> run(config(out, input, other), generators))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(
            "recipe.turn.2: was user: {response} by {feedback}, is user: {response}, but by {feedback}");
  }
}
