package io.touchstone.conversation.format;

import io.touchstone.conversation.line.Enrichment.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What rows of a format hold in the fields that it reads, as its recipe says: prompts and answers
 * in each form, with and without each other.
 */
final class GeneratedFields {

  /**
   * JSON of a field.
   *
   * @param isList of answers, of which each is an element; else there is one
   */
  record Value(boolean isList, List<String> elements) {}

  private record Said(String role, String content) {}

  private final GeneratedJson json;
  private final Map<String, Value> fields = new LinkedHashMap<>();
  private final List<List<Slot>> lists = new ArrayList<>();
  private boolean system;

  /** Whether the answers answer a field. */
  private boolean asked;

  /** What a list with an answer may begin with, where a field holds the same. */
  private List<Said> prompt = List.of();

  GeneratedFields(GeneratedJson json, RowRecipe recipe, ScoredTurns scored) {
    this.json = json;
    if (recipe instanceof Answers answers) {
      ask(answers.asked());
      answers.answers().forEach(field -> put(field, answer(field)));
    } else if (recipe instanceof AnswerLists answers) {
      ask(answers.asked());
      answers.lists().forEach(field -> answerList(field.name()));
    } else if (recipe instanceof NumberedAnswers answers) {
      ask(answers.asked());
      int count = 2 + json.below(3);
      answers.fields().subList(0, count).forEach(field -> put(field, answer(field)));
      lists.add(Collections.nCopies(count, Slot.VALUE));
    } else if (recipe instanceof RejectedAnswer answers) {
      asked = true;
      prompt = asking();
      put(answers.chat(), messages(and(prompt, assistant())));
      put(answers.rejected(), answer(answers.rejected()));
    } else if (recipe instanceof ParallelTurns turns) {
      int count = 1 + json.below(3);
      put(turns.prompts(), texts(count));
      turns.answers().forEach(field -> put(field, texts(count)));
    } else if (recipe instanceof StepAnswers answers) {
      ask(answers.asked());
      put(answers.steps(), texts(1 + json.below(3)));
    } else if (recipe instanceof Chat chat) {
      chat(chat, scored);
    }
  }

  /** By the format's names. */
  Map<String, Value> fields() {
    return fields;
  }

  /** What the lists of scores have at their places; empty where scores make no lists. */
  List<List<Slot>> lists() {
    return lists;
  }

  /** Whether the system speaks. */
  boolean hasSystem() {
    return system;
  }

  private void put(Field<?> field, String value) {
    fields.put(field.name(), new Value(false, List.of(value)));
  }

  private void ask(Asked asks) {
    Field<TextOrMessages> field = asks.prompt();
    if (asks.absence() == Asked.Absence.ALLOWED && json.one(2)) {
      return;
    }
    asked = true;
    boolean more = false;
    if (isOfEither(field) && json.one(2)) {
      prompt = List.of(new Said("user", json.string()));
      put(field, prompt.get(0).content);
      more = asks.input().isPresent() && json.one(2);
    } else {
      prompt = asking();
      put(field, isShareGpt(field) ? turns(prompt) : messages(prompt));
    }
    boolean before = asks.history().isPresent() && json.one(2);
    if (more) {
      asks.input().ifPresent(input -> put(input, json.string()));
    }
    if (before) {
      asks.history().ifPresent(history -> put(history, json.pick(List.of("[]", pairs()))));
    }
    if (more || before) {
      prompt = List.of();
    }
  }

  private String pairs() {
    return json.list(List.of("[" + json.string() + "," + json.string() + "]"));
  }

  private void chat(Chat chat, ScoredTurns scored) {
    List<Said> said = asking();
    int answers = 1 + json.below(2);
    for (int i = 1; i < answers; i++) {
      said = and(and(said, assistant()), new Said("user", json.string()));
    }
    long earlier = said.stream().filter(each -> each.role.equals("assistant")).count();
    said = and(said, assistant());
    if (json.one(4)) {
      said = and(said, new Said("user", json.string()));
    }
    put(chat.field(), isShareGpt(chat.field()) ? turns(said) : messages(said));
    if (scored == ScoredTurns.ALL) {
      lists.add(Collections.nCopies((int) earlier + 1, Slot.VALUE));
    }
  }

  private List<Said> asking() {
    List<Said> said = new ArrayList<>();
    if (json.one(4)) {
      system = true;
      said.add(new Said("system", json.string()));
    }
    if (json.one(2)) {
      said.add(new Said("user", json.string()));
      said.add(assistant());
    }
    said.add(new Said("user", json.string()));
    return said;
  }

  private Said assistant() {
    return new Said("assistant", json.string());
  }

  private String answer(Field<?> field) {
    if (!asked && isOfEither(field) && json.one(3)) {
      return "\"\\n\\nHuman: a\\n\\nAssistant:" + json.string().substring(1);
    }
    if (asked && isOfEither(field) && json.one(2)) {
      return json.string();
    }
    List<Said> said = asked ? List.of() : asking();
    if (asked && json.one(2)) {
      said = prompt;
    }
    said = and(said, assistant());
    if (json.one(4)) {
      said = and(and(said, new Said("tool", json.string())), assistant());
    }
    return said.size() == 1 && isOfEither(field) && json.one(2)
        ? message(said.get(0))
        : messages(said);
  }

  private void answerList(String name) {
    List<String> answers = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    for (int i = json.below(3); i >= 0; i--) {
      boolean none = !slots.isEmpty() && json.one(4);
      answers.add(none ? "null" : answer(Field.textOrMessages(name)));
      slots.add(none ? Slot.NULL : Slot.VALUE);
    }
    fields.put(name, new Value(true, answers));
    lists.add(slots);
  }

  /** A list of texts, or JSON text of one. */
  private String texts(int count) {
    return json.one(2)
        ? json.list(Stream.generate(json::string).limit(count).toList())
        : "\"["
            + String.join(",", Stream.generate(() -> "\\\"a\\\\n\\\"").limit(count).toList())
            + "]\"";
  }

  private String messages(List<Said> said) {
    return json.list(said.stream().map(this::message).toList());
  }

  private String message(Said said) {
    return "{\"role\":\"%s\",%s:%s%s,\"k\":%s}"
        .formatted(
            said.role,
            json.name("content"),
            json.space(),
            json.one(2) ? said.content : "[{\"type\":\"text\",\"text\":" + said.content + "}]",
            json.value(2));
  }

  private String turns(List<Said> said) {
    return json.list(said.stream().map(this::turn).toList());
  }

  private String turn(Said said) {
    String from =
        switch (said.role) {
          case "user" -> json.pick(List.of("human", "user"));
          case "assistant" -> json.pick(List.of("gpt", "assistant"));
          default -> said.role;
        };
    return "{\"from\":\"%s\",%s:%s%s}"
        .formatted(from, json.name("value"), json.space(), said.content);
  }

  private static List<Said> and(List<Said> said, Said next) {
    return Stream.concat(said.stream(), Stream.of(next)).toList();
  }

  private static boolean isOfEither(Field<?> field) {
    return field.equals(Field.textOrMessages(field.name()));
  }

  private static boolean isShareGpt(Field<?> field) {
    return field.equals(Field.shareGptTurns(field.name()));
  }
}
