package io.touchstone.generation.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RecipeTest {
  private static final Problem HERE = Problem.in("edit.conf");

  @Test
  void putsTheRowsTurnsAndTextsInTheirPlaces() {
    Recipe recipe = recipe("{prompt}", "assistant:{response}", "user:Edit:\n\n{feedback}");
    assertThat(recipe.texts()).containsExactly("feedback", "response");
    Conversation prompt =
        new Conversation(
            List.of(Turn.of(Role.SYSTEM, "Be brief."), Turn.of(Role.USER, "Hi")),
            List.of(Map.of("name", "clock")));
    assertThat(
            recipe.conversation(prompt, Map.of("response", "Hello", "feedback", "More, but less")))
        .isEqualTo(
            new Conversation(
                List.of(
                    Turn.of(Role.SYSTEM, "Be brief."),
                    Turn.of(Role.USER, "Hi"),
                    Turn.of(Role.ASSISTANT, "Hello"),
                    Turn.of(Role.USER, "Edit:\n\nMore, but less")),
                prompt.tools()));
  }

  @Test
  void whatLooksLikeAPlaceInARowsTextStaysText() {
    Recipe recipe = recipe("{prompt}", "user:{response} and {feedback} {x1} {}");
    Conversation prompt = new Conversation(List.of(Turn.of(Role.USER, "{response}")));
    List<Turn> turns =
        recipe
            .conversation(prompt, Map.of("response", "{feedback}", "feedback", "$1 \\{prompt}"))
            .turns();
    assertThat(turns.get(0).text()).isEqualTo("{response}");
    assertThat(turns.get(1).text()).isEqualTo("{feedback} and $1 \\{prompt} {x1} {}");
  }

  @Test
  void aJudgesTurnHasItsOwnRoleAndTheResponseStandsWhole() {
    Recipe recipe = recipe("{prompt}", "assistant:{response}", "principle:{principle}");
    Turn response =
        new Turn(Role.ASSISTANT, Map.of("role", "assistant", "content", "4", "reasoning", "2+2"));
    List<Turn> turns =
        recipe
            .about(
                new Conversation(List.of(Turn.of(Role.USER, "2+2?"), response)),
                Map.of("principle", "correctness"))
            .turns();
    assertThat(turns.get(1)).isSameAs(response);
    assertThat(turns.get(2))
        .isEqualTo(new Turn(Role.OTHER, Map.of("role", "principle", "content", "correctness")));
    assertThat(recipe.text()).isEqualTo("{prompt}\nassistant: {response}\nprinciple: {principle}");
    assertThat(recipe.tellsResponse()).isFalse();
    Recipe telling = recipe("{prompt}", "user:Judge this: {response}");
    assertThat(telling.tellsResponse()).isTrue();
    assertThat(telling.about(new Conversation(List.of(response)), Map.of()).turns())
        .containsExactly(Turn.of(Role.USER, "Judge this: 4"));
  }

  @Test
  void refusesWhatIsNoRecipe() {
    assertThat(problems("{prompt}"))
        .containsExactly(
            "[edit.conf] turn.1: expected a turn at the end that is answered, such as a user's, found"
                + " {prompt}");
    assertThat(problems("{prompt}", "user:Judge", "assistant:{response}"))
        .containsExactly(
            "[edit.conf] turn.3: expected a turn at the end that is answered, such as a user's, found"
                + " assistant");
    assertThat(problems("user:{response}"))
        .containsExactly(
            "[edit.conf] expected one turn whose content is {prompt}, for the row's own turns, found"
                + " none");
    assertThat(problems("{prompt}", "A judge:{respons}"))
        .containsExactly(
            "[edit.conf] turn.2: role: expected system, user, assistant or another word that the chat"
                + " template knows, or none beside the content {prompt}, found A judge",
            "[edit.conf] turn.2: content: expected places for texts of the row, {feedback},"
                + " {principle}, {response}, and {prompt} alone in a turn without a role, found"
                + " {respons}");
    Problems problems = new Problems();
    assertThat(Recipe.read(Map.of("turn.2.content", "{prompt}", "turns", "2"), HERE, problems))
        .isEmpty();
    assertThat(problems.found())
        .containsExactlyInAnyOrder(
            "[edit.conf] turns: expected turn.1.role, turn.1.content and so on, found turns",
            "[edit.conf] turn.1: expected a turn, found turn.2");
  }

  private static Recipe recipe(String... turns) {
    Problems problems = new Problems();
    Recipe recipe = Recipe.read(settings(turns), HERE, problems).orElseThrow();
    assertThat(problems.found()).isEmpty();
    return recipe;
  }

  private static List<String> problems(String... turns) {
    Problems problems = new Problems();
    assertThat(Recipe.read(settings(turns), HERE, problems)).isEmpty();
    return problems.found();
  }

  /** A turn is {@code role:content}, or {@code {prompt}}. */
  private static Map<String, String> settings(String... turns) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < turns.length; i++) {
      int colon = turns[i].startsWith("{") ? -1 : turns[i].indexOf(':');
      if (colon > 0) {
        settings.put("turn." + (i + 1) + ".role", turns[i].substring(0, colon));
      }
      settings.put("turn." + (i + 1) + ".content", turns[i].substring(colon + 1));
    }
    return settings;
  }
}
