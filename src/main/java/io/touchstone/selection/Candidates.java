package io.touchstone.selection;

import io.touchstone.conversation.format.AnswerFields;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.selection.formula.Formula;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A prompt's responses with whatever the row says of each: lists as long as theirs.
 *
 * @param responses as the row has them; texts, messages, lists of messages, or null
 * @param places of the responses that count, in their order; all else is about these alone
 */
record Candidates(JsonRow row, RowValue prompt, List<RowValue> responses, List<Integer> places) {

  static final String PROMPT = "prompt";
  static final String RESPONSES = "responses";
  static final String REWARDS = "rewards";

  private static final String A_LIST = "a list of strings or of lists of messages";

  /**
   * @throws RowProblem if the row has no prompt or no responses
   */
  static Candidates of(JsonRow row) {
    RowValue prompt = row.required(PROMPT, "a string or a list of messages");
    if (!prompt.isString() && !prompt.isList()) {
      throw prompt.refused("a string or a list of messages");
    }
    List<RowValue> responses = row.required(RESPONSES, A_LIST).elements(A_LIST);
    if (responses.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE, RESPONSES, "expected at least one response, found none");
    }
    for (RowValue response : responses) {
      if (!response.isString()
          && !response.isList()
          && !response.isObject()
          && !response.isNull()) {
        throw response.refused("a string, a message, a list of messages or null");
      }
    }
    return new Candidates(
        row, prompt, responses, IntStream.range(0, responses.size()).boxed().toList());
  }

  /**
   * Those of which all numbers are known: a response that is null has none, and gets none.
   *
   * @throws RowProblem if a name means no numbers, or not one response has them all
   */
  Candidates with(List<String> names) {
    List<List<RowValue>> columns = names.stream().map(this::values).toList();
    List<Integer> known =
        IntStream.range(0, places.size())
            .filter(i -> !response(i).isNull())
            .filter(i -> columns.stream().noneMatch(column -> column.get(i).isNull()))
            .mapToObj(places::get)
            .toList();
    if (known.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE,
          RESPONSES,
          "expected a score for at least one response, found none");
    }
    return new Candidates(row, prompt, responses, known);
  }

  /** How many responses do not count. */
  int skipped() {
    return responses.size() - places.size();
  }

  /** One of those that count. */
  RowValue response(int candidate) {
    return responses.get(places.get(candidate));
  }

  /**
   * The values that a list has for the responses that count.
   *
   * @throws RowProblem if there is none of that name, or it has another length
   */
  List<RowValue> list(String name) {
    String expected = "a list with a score for each response";
    List<RowValue> values = row.required(name, expected).elements(expected);
    if (values.size() != responses.size()) {
      throw new RowProblem(
          Malformation.WRONG_LENGTH,
          name,
          "expected "
              + responses.size()
              + " scores, one for each response, found "
              + values.size());
    }
    return places.stream().map(values::get).toList();
  }

  /**
   * What the row says of these candidates as it does of all, where they were generated: for each
   * list of theirs JSON of one with their values alone.
   */
  Map<String, String> besideOf(int... candidates) {
    Map<String, String> lists = new LinkedHashMap<>();
    for (String name : AnswerFields.CANDIDATES.beside()) {
      List<RowValue> values = listed(name);
      if (!values.isEmpty()) {
        lists.put(
            name,
            Arrays.stream(candidates)
                .mapToObj(candidate -> values.get(places.get(candidate)).json())
                .collect(Collectors.joining(row.comma(), "[", "]")));
      }
    }
    return lists;
  }

  /** The list that a name is about: its own, that of its first part, or the rewards. */
  static String listOf(JsonRow row, String name) {
    if (row.find(name).isPresent()) {
      return name;
    }
    int dot = name.indexOf('.');
    return dot > 0 && row.find(name.substring(0, dot)).isPresent()
        ? name.substring(0, dot)
        : REWARDS;
  }

  /**
   * A number for each response.
   *
   * @throws RowProblem naming the place that has none
   */
  List<RowValue> numbers(String name) {
    List<RowValue> numbers = values(name);
    numbers.forEach(RowValue::number);
    return numbers;
  }

  /** A number, or null, for each response; what else stands there is none. */
  private List<RowValue> values(String name) {
    String list = listOf(row, name);
    List<RowValue> values = new ArrayList<>();
    for (RowValue value : list(list)) {
      if (!list.equals(name) && !value.isNull()) {
        values.add(attribute(value, attributeOf(list, name)));
      } else if (value.isObject()) {
        throw value.refused("a number, or an attribute's name after --by or in --scalar");
      } else {
        values.add(value);
      }
    }
    return values;
  }

  /** Whether a name means a number of some response, or null in its place. */
  boolean hasNumbers(String name) {
    String list = listOf(row, name);
    return listed(list).stream()
        .map(
            value ->
                list.equals(name) || value.isNull()
                    ? Optional.of(value)
                    : value.member(attributeOf(list, name)))
        .anyMatch(number -> number.filter(it -> it.isNumber() || it.isNull()).isPresent());
  }

  /** The names that mean numbers of the responses. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String list : row.names()) {
      listed(list).forEach(value -> RowNumbers.addNames(list, value, RowValue::isNumber, names));
    }
    return names;
  }

  /** A list's values; none if the row has no such list, or one of another length. */
  private List<RowValue> listed(String name) {
    List<RowValue> values =
        row.find(name)
            .filter(RowValue::isList)
            .map(list -> list.elements("a list"))
            .orElse(List.of());
    return values.size() == responses.size() ? values : List.of();
  }

  private static String attributeOf(String list, String name) {
    return name.startsWith(list + ".") ? name.substring(list.length() + 1) : name;
  }

  private static RowValue attribute(RowValue value, String name) {
    if (!value.isObject()) {
      throw value.refused("an object with " + name);
    }
    return value.member(name).orElseThrow(() -> value.lacks(name));
  }

  /**
   * @throws RowProblem if a name has no number or the result is none
   */
  List<Double> computed(Formula formula) {
    Map<String, List<RowValue>> columns = new TreeMap<>();
    formula.names().forEach(name -> columns.put(name, numbers(name)));
    return IntStream.range(0, places.size())
        .mapToObj(
            i ->
                RowNumbers.finite(
                    SelectRule.SCALAR + "[" + places.get(i) + "]",
                    () ->
                        formula.of(name -> columns.getOrDefault(name, List.of()).get(i).number())))
        .toList();
  }
}
