package io.touchstone.selection;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.selection.formula.Formula;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A prompt's responses with whatever the row says of each: lists as long as theirs. */
record Candidates(JsonRow row, RowValue prompt, List<RowValue> responses) {

  static final String PROMPT = "prompt";
  static final String RESPONSES = "responses";
  static final String REWARDS = "rewards";

  /**
   * @throws RowProblem if the row has no prompt or no responses
   */
  static Candidates of(JsonRow row) {
    RowValue prompt = row.required(PROMPT, "a string or a list of messages");
    if (!prompt.isString() && !prompt.isList()) {
      throw prompt.refused("a string or a list of messages");
    }
    List<RowValue> responses =
        row.required(RESPONSES, "a list of strings").elements("a list of strings");
    if (responses.isEmpty()) {
      throw new RowProblem(
          Malformation.NOTHING_TO_SCORE, RESPONSES, "expected at least one response, found none");
    }
    for (RowValue response : responses) {
      if (!response.isString()) {
        throw response.refused("a string");
      }
    }
    return new Candidates(row, prompt, responses);
  }

  /**
   * The list that has a value for each response.
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
    return values;
  }

  /** The list that a name is about: its own, that of its first part, or the rewards. */
  String listOf(String name) {
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
    String list = listOf(name);
    List<RowValue> numbers = new ArrayList<>();
    for (RowValue value : list(list)) {
      RowValue number = value;
      if (!list.equals(name)) {
        number = attribute(value, attributeOf(list, name));
      } else if (value.isObject()) {
        throw value.refused("a number, or an attribute's name after --by or in --scalar");
      }
      number.number();
      numbers.add(number);
    }
    return numbers;
  }

  /** Whether a name means a number of some response, or null in its place. */
  boolean hasNumbers(String name) {
    String list = listOf(name);
    return listed(list).stream()
        .map(
            value -> list.equals(name) ? Optional.of(value) : value.member(attributeOf(list, name)))
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
    return IntStream.range(0, responses.size())
        .mapToObj(
            i ->
                RowNumbers.finite(
                    SelectRule.SCALAR + "[" + i + "]",
                    () ->
                        formula.of(name -> columns.getOrDefault(name, List.of()).get(i).number())))
        .toList();
  }
}
