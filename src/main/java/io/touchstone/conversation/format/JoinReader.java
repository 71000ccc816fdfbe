package io.touchstone.conversation.format;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.JsonValue;
import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of one format for joining those of one prompt. Prompts and answers are taken as they
 * stand where the format has a field for each, else they are written anew from what was understood.
 * Immutable; any thread, several at once.
 */
public final class JoinReader {

  private static final String REWARDS = FormatTable.CANDIDATES.scores().word();

  private final RowFormat format;
  private final List<String> words;
  private final RowFields.Wanted wanted;

  /**
   * @param words of further values of each answer, as fields are named by them
   * @throws IllegalArgumentException if rows of the format cannot be joined
   */
  public JoinReader(RowFormat format, List<String> words) {
    if (!joins(format)) {
      throw new IllegalArgumentException("expected rows that can be joined, found " + format);
    }
    this.format = format;
    this.words = List.copyOf(words);
    this.wanted = RowFields.Wanted.of(format, ReadRules.ALL, ScoreFields.OWN);
  }

  /** Whether answers of such rows can stand in a list: labels within turns and steps cannot. */
  public static boolean joins(RowFormat format) {
    return format.scores().shape() != ScoreNames.Shape.LABELS
        && !(format.recipe() instanceof StepAnswers
            || format.recipe() instanceof Edits
            || format.recipe() instanceof Document);
  }

  /**
   * Whether columns of what is asked have other names, under which no one would look for them in a
   * joined row.
   */
  public static boolean mapsColumns(RowFormat format) {
    return RowColumns.ofPrompt().stream()
        .anyMatch(name -> !format.map().paths().getOrDefault(name, List.of()).isEmpty());
  }

  /**
   * @param utf8Line without line end and byte order mark; kept by the row, so not to be written to
   * @throws RowProblem if the line is no row of the format, or would lose something
   */
  public JoinedPrompt read(byte[] utf8Line) {
    RowFields fields = new RowFields(LineText.of(utf8Line), wanted);
    List<Conversation> conversations = format.recipe().row(fields).conversations();
    List<Optional<Turn>> answers = format.recipe().answers(fields);
    refuseTurnsBehindTheAnswer(answers);
    JsonRow row = JsonRow.read(utf8Line);
    // Of two values of one name none is the row's: they could not be compared with another row's.
    row.names().forEach(row::find);
    Optional<AsTheyStand> standing = asTheyStand(row);
    Conversation first = conversations.get(0);
    List<Turn> prompt = prompt(first);
    if (prompt.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_ANSWER, where(), "expected a prompt, found an answer alone");
    }
    for (Conversation other : conversations) {
      if (!prompt(other).equals(prompt) || !other.tools().equals(first.tools())) {
        throw RowProblem.ambiguous(
            where(), "answers to one prompt", "answers to different ones in one row");
      }
    }
    Set<String> compared = columnsRead();
    Set<String> taken = fieldsRead();
    if (standing.isEmpty()) {
      conversations.forEach(
          each -> each.turns().forEach(turn -> expectFinite(turn.fields(), where())));
      // The prompt as it is written has the system's turn.
      compared.stream().filter(RowColumns::isSystem).forEach(taken::add);
    }
    Map<String, List<String>> values = values(row, answers.size(), taken);
    refuseClashes(row, values, taken);
    return new JoinedPrompt(
        first,
        standing.map(AsTheyStand::prompt).orElseGet(() -> PromptRow.promptJson(prompt)),
        standing
            .map(AsTheyStand::answers)
            .orElseGet(() -> answers.stream().map(JoinReader::json).toList()),
        values,
        taken,
        compared,
        row);
  }

  private static List<Turn> prompt(Conversation conversation) {
    return conversation.turns().subList(0, conversation.turns().size() - 1);
  }

  private String where() {
    return format.recipe().reads().get(0).name();
  }

  /** A chat that goes on behind its last answer would lose what follows. */
  private void refuseTurnsBehindTheAnswer(List<Optional<Turn>> answers) {
    if (answers.isEmpty()) {
      throw new RowProblem(
          Malformation.ENDS_WITH_USER,
          where(),
          "expected the assistant's turn last, found another, which a joined row has no place for");
    }
  }

  /** What is written anew is to be what was read. */
  private static void expectFinite(@Nullable Object value, String where) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new RowProblem(
          Malformation.NOT_FINITE, where, "expected finite numbers, found one beyond 1.8e308");
    }
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> expectFinite(each, where));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> expectFinite(each, where));
    }
  }

  private static String json(Optional<Turn> answer) {
    return answer
        .map(
            turn ->
                turn.equals(Turn.of(turn.role(), turn.text()))
                    ? PromptRow.responseJson(turn.text())
                    : JsonValue.json(turn.fields()))
        .orElse("null");
  }

  /** JSON of a prompt and its answers where the row has a field for each. */
  private record AsTheyStand(String prompt, List<String> answers) {}

  private Optional<AsTheyStand> asTheyStand(JsonRow row) {
    JsonRow mapped = mapped(row);
    RowRecipe recipe = format.recipe();
    if (recipe instanceof Answers of) {
      return prompt(of.asked(), mapped)
          .map(
              prompt ->
                  new AsTheyStand(
                      prompt,
                      of.answers().stream()
                          .map(field -> mapped.required(field.name(), "an answer").json())
                          .toList()));
    }
    if (recipe instanceof NumberedAnswers of) {
      return prompt(of.asked(), mapped)
          .map(prompt -> new AsTheyStand(prompt, numbered(of, mapped)));
    }
    if (recipe instanceof AnswerLists of) {
      return prompt(of.asked(), mapped)
          .map(
              prompt ->
                  new AsTheyStand(
                      prompt,
                      of.lists().stream()
                          .flatMap(list -> elements(mapped, list.name()))
                          .map(RowValue::json)
                          .toList()));
    }
    return recipe instanceof Chat chat ? messages(chat, mapped) : Optional.empty();
  }

  /** Of a chat whose turns are messages, as which a prompt and an answer may stand. */
  private static Optional<AsTheyStand> messages(Chat chat, JsonRow row) {
    String name = chat.field().name();
    if (!chat.field().equals(Field.messages(name))) {
      return Optional.empty();
    }
    List<String> turns =
        row.find(name).filter(RowValue::isList).stream()
            .flatMap(list -> list.elements("messages").stream())
            .map(RowValue::json)
            .toList();
    if (turns.size() < 2) {
      return Optional.empty();
    }
    int last = turns.size() - 1;
    String prompt = "[" + String.join(row.comma(), turns.subList(0, last)) + "]";
    return Optional.of(new AsTheyStand(prompt, turns.subList(last, last + 1)));
  }

  /** Empty where more than one field says what is asked. */
  private static Optional<String> prompt(Asked asked, JsonRow row) {
    boolean isAlone =
        Stream.of(asked.input(), asked.history())
            .flatMap(Optional::stream)
            .allMatch(field -> row.find(field.name()).filter(said -> !said.isNull()).isEmpty());
    return isAlone
        ? row.find(asked.prompt().name()).filter(said -> !said.isNull()).map(RowValue::json)
        : Optional.empty();
  }

  private static List<String> numbered(NumberedAnswers of, JsonRow row) {
    return of.fields().stream()
        .map(Field::name)
        .flatMap(name -> row.find(name).filter(answer -> !answer.isNull()).stream())
        .map(RowValue::json)
        .toList();
  }

  private static Stream<RowValue> elements(JsonRow row, String list) {
    return row.required(list, "a list of answers").elements("a list of answers").stream();
  }

  /** The row as if its fields stood where the format has them. */
  private JsonRow mapped(JsonRow row) {
    if (format.map().isEmpty()) {
      return row;
    }
    MappedLine line = new MappedLine(wanted.read().keySet(), format.map(), Set.of());
    Map<String, RowValue> members = new HashMap<>();
    row.names().stream()
        .filter(line::needs)
        .forEach(name -> row.find(name).ifPresent(value -> members.put(name, value)));
    return JsonRow.read(line.line(members).bytes());
  }

  /** Names of columns of the row that are part of its prompt. */
  private Set<String> columnsRead() {
    Set<String> names = new HashSet<>(RowColumns.ofPrompt());
    names.removeIf(
        name -> !wanted.read().containsKey(name) || format.map().paths().containsKey(name));
    return names;
  }

  /** Names of the row's fields that are read whole as its prompt or answers. */
  private Set<String> fieldsRead() {
    Set<String> names = new HashSet<>();
    for (Field<?> field : format.recipe().reads()) {
      String name = field.name();
      if (format.map().takesAway(name)) {
        continue;
      }
      List<FieldPath> places = format.map().paths().get(name);
      if (places == null) {
        names.add(name);
      } else {
        places.stream()
            .filter(place -> place.steps().isEmpty())
            .forEach(place -> names.add(place.name()));
      }
    }
    return names;
  }

  private Map<String, List<String>> values(JsonRow row, int answers, Set<String> taken) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    scores(row, format.scores().word(), answers, taken)
        .ifPresent(
            scores -> {
              scores.forEach(JoinReader::expectScore);
              values.put(REWARDS, json(scores));
            });
    for (String word : words) {
      scores(row, word, answers, taken).ifPresent(scores -> values.put(word, json(scores)));
    }
    for (String name : AnswerFields.CANDIDATES.beside()) {
      list(row, name, answers, taken).ifPresent(list -> values.put(name, json(list)));
    }
    return values;
  }

  private static List<String> json(List<Optional<RowValue>> values) {
    return values.stream().map(value -> value.map(RowValue::json).orElse("null")).toList();
  }

  private static void expectScore(Optional<RowValue> score) {
    score
        .filter(value -> !value.isNumber() && !value.isObject() && !value.isNull())
        .ifPresent(
            value -> {
              throw value.refused("a number, an object of numbers or null");
            });
  }

  /** Of each answer what the fields say that a word names; empty where the row has none of them. */
  private Optional<List<Optional<RowValue>>> scores(
      JsonRow row, String word, int answers, Set<String> taken) {
    List<String> names = format.scores().by(word);
    if (names.stream().noneMatch(row.names()::contains)) {
      return Optional.empty();
    }
    if (format.scores().shape() == ScoreNames.Shape.VALUES) {
      taken.addAll(names);
      return Optional.of(names.stream().map(row::find).toList());
    }
    if (names.size() == 1) {
      return list(row, names.get(0), answers, taken);
    }
    List<Field<List<Optional<TextOrMessages>>>> lists = ((AnswerLists) format.recipe()).lists();
    JsonRow mapped = mapped(row);
    List<Optional<RowValue>> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int length = (int) elements(mapped, lists.get(i).name()).count();
      all.addAll(
          list(row, names.get(i), length, taken)
              .orElseGet(
                  () ->
                      IntStream.range(0, length)
                          .mapToObj(none -> Optional.<RowValue>empty())
                          .toList()));
    }
    return Optional.of(all);
  }

  /** A list with a value for each answer; empty where the row has none, or null. */
  private static Optional<List<Optional<RowValue>>> list(
      JsonRow row, String name, int answers, Set<String> taken) {
    String expected = "a list with a value for each answer";
    Optional<RowValue> list = row.find(name);
    taken.add(name);
    if (list.filter(value -> !value.isNull()).isEmpty()) {
      return Optional.empty();
    }
    List<RowValue> values = list.get().elements(expected);
    if (values.size() != answers) {
      throw new RowProblem(
          Malformation.WRONG_LENGTH,
          name,
          "expected " + answers + " values, one for each answer, found " + values.size());
    }
    return Optional.of(values.stream().map(Optional::of).toList());
  }

  /** Lists take names that a row may have for something else. */
  private void refuseClashes(JsonRow row, Map<String, List<String>> values, Set<String> taken) {
    Stream.of(
            Stream.of(AnswerFields.PROMPT, AnswerFields.RESPONSES, REWARDS),
            values.keySet().stream(),
            words.stream())
        .flatMap(names -> names)
        .filter(name -> row.names().contains(name) && !taken.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new RowProblem(
                  Malformation.FIELD_IN_THE_WAY,
                  name,
                  "expected a row without this field, which a list of the joined row is called,"
                      + " found it");
            });
  }
}
