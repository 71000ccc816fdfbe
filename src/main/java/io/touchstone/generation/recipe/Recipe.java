package io.touchstone.generation.recipe;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a prompt is made of a row: turns one after another, each with texts of the row in it.
 *
 * <p>Texts are put in once: what looks like a place in a row's text stays text.
 *
 * @param turns the one whose content is {@code {prompt}} alone stands for all turns of the row's
 *     conversation
 */
public record Recipe(List<RecipeTurn> turns) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What stands for the row's conversation. */
  static final String PROMPT = "prompt";

  /** What stands for texts of the row. */
  public static final Set<String> TEXTS =
      new TreeSet<>(Set.of("response", "feedback", "principle"));

  private static final Pattern KEY = Pattern.compile("turn\\.([1-9][0-9]?)\\.(role|content)");
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");

  /** Judges have roles of their own. */
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  private static final String RESPONSE = "{response}";

  /** Roles of turns that no answer follows, that of the row's own turns among them. */
  private static final Set<String> NOT_ANSWERED = Set.of("", "system", "assistant");

  /**
   * A turn of a recipe.
   *
   * @param role as chat templates know it; empty for the row's conversation
   * @param content with places such as {@code {response}}
   */
  record RecipeTurn(String role, String content) implements Serializable {
    boolean isPrompt() {
      return role.isEmpty();
    }

    /** Whether it is the response as the row has it. */
    boolean isResponse() {
      return role.equals(Role.ASSISTANT.word()) && content.equals(RESPONSE);
    }

    Turn of(String text) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("role", role);
      fields.put("content", text);
      return new Turn(Role.of(role), fields);
    }
  }

  public Recipe {
    turns = List.copyOf(turns);
  }

  /**
   * Reads {@code turn.N.role} and {@code turn.N.content}.
   *
   * @param settings by key
   * @param here where they stand
   * @return empty if there is a problem, which has then been reported
   */
  public static Optional<Recipe> read(
      Map<String, String> settings, Problem here, Problems problems) {
    SortedMap<Integer, Map<String, String>> turns = new TreeMap<>();
    int before = problems.found().size();
    settings.forEach(
        (key, value) -> {
          Matcher matcher = KEY.matcher(key);
          if (matcher.matches()) {
            turns
                .computeIfAbsent(Integer.valueOf(matcher.group(1)), number -> new TreeMap<>())
                .put(matcher.group(2), value);
          } else {
            problems.add(
                here.field(key).expected("turn.1.role, turn.1.content and so on").found(key));
          }
        });
    List<RecipeTurn> read = new ArrayList<>();
    for (Map.Entry<Integer, Map<String, String>> turn : turns.entrySet()) {
      int number = read.size() + 1;
      if (turn.getKey() != number) {
        problems.add(
            here.field("turn." + number).expected("a turn").found("turn." + turn.getKey()));
        return Optional.empty();
      }
      turn(turn.getValue(), here.field("turn." + number), problems).ifPresent(read::add);
    }
    check(read, here, problems, problems.found().size() > before);
    return problems.found().size() > before ? Optional.empty() : Optional.of(new Recipe(read));
  }

  private static Optional<RecipeTurn> turn(
      Map<String, String> turn, Problem here, Problems problems) {
    String content = turn.getOrDefault("content", "");
    String role = turn.getOrDefault("role", "");
    if (content.equals("{" + PROMPT + "}") && role.isEmpty()) {
      return Optional.of(new RecipeTurn("", content));
    }
    if (!ROLE.matcher(role).matches()) {
      problems.add(
          here.field("role")
              .expected(
                  "system, user, assistant or another word that the chat template knows, or none"
                      + " beside the content {prompt}")
              .found(role.isEmpty() ? "none" : Problem.shown(role)));
    }
    if (content.isEmpty()) {
      problems.add(here.field("content").expected("a text").found("none"));
    }
    for (String place : places(content)) {
      if (!TEXTS.contains(place)) {
        problems.add(
            here.field("content")
                .expected(
                    "places for texts of the row, "
                        + String.join(", ", TEXTS.stream().map(name -> "{" + name + "}").toList())
                        + ", and {prompt} alone in a turn without a role")
                .found("{" + place + "}"));
      }
    }
    return Optional.of(new RecipeTurn(role, content));
  }

  private static void check(
      List<RecipeTurn> turns, Problem here, Problems problems, boolean alreadyWrong) {
    if (alreadyWrong) {
      return;
    }
    long prompts = turns.stream().filter(RecipeTurn::isPrompt).count();
    if (prompts != 1) {
      problems.add(
          here.expected("one turn whose content is {prompt}, for the row's own turns")
              .found(prompts == 0 ? "none" : prompts + " of them"));
    } else if (NOT_ANSWERED.contains(turns.get(turns.size() - 1).role)) {
      problems.add(
          here.field("turn." + turns.size())
              .expected("a turn at the end that is answered, such as a user's")
              .found(
                  turns.get(turns.size() - 1).isPrompt()
                      ? "{prompt}"
                      : turns.get(turns.size() - 1).role));
    }
  }

  private static List<String> places(String content) {
    return PLACE.matcher(content).results().map(place -> place.group(1)).toList();
  }

  /** Whether the response stands in it as a text, and not as a turn of its own. */
  public boolean tellsResponse() {
    return turns.stream().anyMatch(turn -> !turn.isResponse() && turn.content.contains(RESPONSE));
  }

  /** The texts of a row that it has places for. */
  public Set<String> texts() {
    Set<String> texts = new TreeSet<>();
    turns.stream().filter(turn -> !turn.isPrompt()).forEach(t -> texts.addAll(places(t.content)));
    return texts;
  }

  /**
   * The conversation that is answered.
   *
   * @param prompt the row's own, tools among it
   * @param texts of the row, by place; for each of {@link #texts()}
   */
  public Conversation conversation(Conversation prompt, Map<String, String> texts) {
    return conversation(prompt.turns(), Optional.empty(), texts, prompt.tools());
  }

  /**
   * The conversation that is answered, about the response with which another one ends. A turn of
   * the assistant's that is {@code {response}} alone is that turn, whatever it has beside a text.
   *
   * @param scored all but its last turn is {@code {prompt}}
   * @param texts of the row, by place; for each of {@link #texts()} but the response
   */
  public Conversation about(Conversation scored, Map<String, String> texts) {
    int last = scored.turns().size() - 1;
    Turn response = scored.turns().get(last);
    Map<String, String> all = new TreeMap<>(texts);
    all.put("response", response.text());
    return conversation(
        scored.turns().subList(0, last), Optional.of(response), all, scored.tools());
  }

  private Conversation conversation(
      List<Turn> prompt,
      Optional<Turn> response,
      Map<String, String> texts,
      List<@Nullable Object> tools) {
    List<Turn> all = new ArrayList<>();
    for (RecipeTurn turn : turns) {
      if (turn.isPrompt()) {
        all.addAll(prompt);
      } else if (turn.isResponse() && response.isPresent()) {
        all.add(response.get());
      } else {
        all.add(turn.of(filled(turn.content, texts)));
      }
    }
    return new Conversation(all, tools);
  }

  /** The recipe as text, a line for each turn: what differs between two recipes differs in it. */
  public String text() {
    return turns.stream()
        .map(turn -> turn.isPrompt() ? turn.content : turn.role + ": " + onOneLine(turn.content))
        .collect(Collectors.joining("\n"));
  }

  private static String onOneLine(String content) {
    return content.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String filled(String content, Map<String, String> texts) {
    return PLACE
        .matcher(content)
        .replaceAll((MatchResult place) -> Matcher.quoteReplacement(text(place.group(1), texts)));
  }

  private static String text(String place, Map<String, String> texts) {
    String text = texts.get(place);
    if (text == null) {
      throw new IllegalArgumentException("recipe: expected a text for {" + place + "}, found none");
    }
    return text;
  }
}
