package io.touchstone.conversation.format;

import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A place of a row that holds what a format reads: {@code name}, {@code a.b}, {@code a[0]}, or
 * {@code a[].b} for one value of each of a list's elements, in their order.
 *
 * @param text as a user types it: with a backslash in front of {@code \ , = . [} within a name
 * @param name of the top-level field
 */
record FieldPath(String text, String name, List<Step> steps) {

  private static final String ESCAPED = "\\,=.[";

  /** A way from a value to one inside of it. */
  private sealed interface Step {}

  private record Member(String name) implements Step {}

  private record Element(int index) implements Step {}

  private record EachElement() implements Step {}

  FieldPath {
    steps = List.copyOf(steps);
  }

  /**
   * @throws IllegalArgumentException with what was expected
   */
  static FieldPath parse(String text) {
    return new Parser(text).path();
  }

  /** Whether it names several values, which make a list. */
  boolean isOfEach() {
    return steps.stream().anyMatch(EachElement.class::isInstance);
  }

  /**
   * The JSON that stands here, a list where the path names several; {@code null} where it or
   * something on the way to it is null.
   *
   * @param fields of the row, by name
   * @throws io.touchstone.conversation.line.RowProblem if the row has no such place
   */
  String json(Function<String, Optional<RowValue>> fields) {
    return json(fields.apply(name).orElseThrow(this::missing), 0);
  }

  private String json(RowValue value, int step) {
    if (step == steps.size() || value.isNull()) {
      return value.json();
    }
    Step next = steps.get(step);
    if (next instanceof Member member) {
      return json(value.member(member.name).orElseThrow(this::missing), step + 1);
    }
    List<RowValue> elements = value.elements("a list, as the path " + text + " says");
    if (next instanceof Element element) {
      if (element.index >= elements.size()) {
        throw missing();
      }
      return json(elements.get(element.index), step + 1);
    }
    return elements.stream()
        .map(each -> json(each, step + 1))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Whether a row has this place. */
  boolean isIn(JsonRow row) {
    try {
      json(row::find);
      return true;
    } catch (RowProblem lacking) {
      return false;
    }
  }

  private RuntimeException missing() {
    return JsonPath.missing(text, "what --map says to read there (null, if a row has none)");
  }

  /** A name as it is written within a path. */
  static String escaped(String name) {
    return name.chars()
        .mapToObj(c -> (ESCAPED.indexOf(c) >= 0 ? "\\" : "") + (char) c)
        .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return text;
  }

  private static final class Parser {
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    FieldPath path() {
      String name = name();
      while (at < text.length()) {
        if (text.charAt(at) == '.') {
          at++;
          steps.add(new Member(name()));
        } else {
          steps.add(element());
        }
      }
      if (steps.stream().filter(EachElement.class::isInstance).count() > 1) {
        throw refused("[] at most once");
      }
      return new FieldPath(text, name, steps);
    }

    private String name() {
      StringBuilder name = new StringBuilder();
      while (at < text.length() && ".[".indexOf(text.charAt(at)) < 0) {
        if (text.charAt(at) == '\\' && ++at == text.length()) {
          throw refused("a character behind the backslash");
        }
        name.append(text.charAt(at++));
      }
      if (name.isEmpty()) {
        throw refused("a name");
      }
      return name.toString();
    }

    private Step element() {
      int end = text.indexOf(']', at);
      String index = end < 0 ? "?" : text.substring(at + 1, end);
      if (!index.matches("\\d{0,6}")) {
        throw refused("[] or [N]");
      }
      at = end + 1;
      if (at < text.length() && ".[".indexOf(text.charAt(at)) < 0) {
        throw refused("'.' or '[' behind ']'");
      }
      return index.isEmpty() ? new EachElement() : new Element(Integer.parseInt(index));
    }

    private IllegalArgumentException refused(String expected) {
      return new IllegalArgumentException(
          "expected a path such as name, a.b, a[0] or a[].b, with "
              + expected
              + " at character "
              + (at + 1)
              + ", found '"
              + text
              + "'");
    }
  }
}
