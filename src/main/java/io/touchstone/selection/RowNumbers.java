package io.touchstone.selection;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.selection.formula.NamedValues;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The numbers, and for conditions the texts, that a row has under names: a field's, that of a path
 * such as {@code reward.helpfulness}, or that of an attribute of {@code reward}, in this order.
 */
public final class RowNumbers implements NamedValues {

  static final String REWARD = "reward";

  private final JsonRow row;
  private final Map<String, Double> known = new HashMap<>();

  public RowNumbers(JsonRow row) {
    this.row = row;
  }

  /** Gives a name a number, whatever the row says. */
  void put(String name, double number) {
    known.put(name, number);
  }

  /**
   * @throws RowProblem if the row has no such number
   */
  @Override
  public double number(String name) {
    return known.computeIfAbsent(name, this::read);
  }

  /**
   * @throws RowProblem if the row has no such text
   */
  @Override
  public String text(String name) {
    return required(name, "a text").text();
  }

  @Override
  public boolean has(String name) {
    return known.containsKey(name) || find(row, name).filter(value -> !value.isNull()).isPresent();
  }

  private RowValue required(String name, String expected) {
    return find(row, name)
        .orElseThrow(
            () ->
                new RowProblem(
                    Malformation.MISSING_FIELD,
                    name,
                    "expected "
                        + expected
                        + ", found no such field and no such attribute of "
                        + REWARD));
  }

  private double read(String name) {
    RowValue value = required(name, "a number");
    if (value.isObject()) {
      throw value.refused("a number, or the name of one of its attributes");
    }
    return value.number();
  }

  /** What a name means in a row; empty if nothing. */
  public static Optional<RowValue> find(JsonRow row, String name) {
    int dot = name.indexOf('.');
    return row.find(name)
        .or(
            () ->
                dot < 0
                    ? row.find(REWARD).flatMap(reward -> reward.member(name))
                    : row.find(name.substring(0, dot))
                        .flatMap(outer -> member(outer, name.substring(dot + 1))));
  }

  /**
   * Whether a name means a number in a row, or would if the row said it: null is where one goes.
   */
  public static boolean isNumber(JsonRow row, String name) {
    return find(row, name).filter(value -> value.isNumber() || value.isNull()).isPresent();
  }

  /** Whether a name means a text in a row, or would if the row said it. */
  public static boolean isText(JsonRow row, String name) {
    return find(row, name).filter(value -> value.isString() || value.isNull()).isPresent();
  }

  /** The names that mean numbers in a row, of its fields and of the members of these. */
  public static Set<String> names(JsonRow row) {
    return names(row, RowValue::isNumber);
  }

  /** The names that mean texts in a row, likewise. */
  public static Set<String> textNames(JsonRow row) {
    return names(row, RowValue::isString);
  }

  /** The names that mean anything in a row, likewise. */
  public static Set<String> valueNames(JsonRow row) {
    return names(row, value -> true);
  }

  private static Set<String> names(JsonRow row, Predicate<RowValue> kind) {
    Set<String> names = new LinkedHashSet<>();
    row.names().forEach(field -> addNames(field, row.required(field, "a value"), kind, names));
    return names;
  }

  /** Adds the name of a value, and those of its members, as far as they are of a kind. */
  static void addNames(String name, RowValue value, Predicate<RowValue> kind, Set<String> names) {
    if (kind.test(value)) {
      names.add(name);
    }
    for (String member : value.memberNames()) {
      if (value.member(member).filter(kind).isPresent()) {
        names.add(name + "." + member);
      }
    }
  }

  private static Optional<RowValue> member(RowValue outer, String path) {
    Optional<RowValue> whole = outer.member(path);
    int dot = path.indexOf('.');
    return whole.isPresent() || dot < 0
        ? whole
        : outer
            .member(path.substring(0, dot))
            .flatMap(next -> member(next, path.substring(dot + 1)));
  }

  /**
   * @throws RowProblem if the computation meets a number that is not finite
   */
  static <T> T finite(String where, Supplier<T> computation) {
    try {
      return computation.get();
    } catch (ArithmeticException e) {
      throw new RowProblem(Malformation.NOT_FINITE, where, String.valueOf(e.getMessage()));
    }
  }
}
