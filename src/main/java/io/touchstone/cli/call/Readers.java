package io.touchstone.cli.call;

import io.touchstone.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From the text of a setting to its value; refusals say what was expected and what was found. */
public final class Readers {
  private static final Problem PLACED_BY_THE_CALLER = new Problem("");

  private Readers() {}

  /** One of the enum's constants, typed as its word. */
  public static <E extends Enum<E>> Function<String, E> oneOf(Class<E> choices) {
    return known(
        words(choices, " or "),
        text ->
            Arrays.stream(choices.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst());
  }

  /** The constant's name as users type it: in lower case, with hyphens. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static <E extends Enum<E>> String words(Class<E> choices, String between) {
    return Arrays.stream(choices.getEnumConstants())
        .map(Readers::word)
        .collect(Collectors.joining(between));
  }

  /** What is found under the text. */
  public static <T> Function<String, T> known(
      String expected, Function<String, Optional<T>> finder) {
    return text -> finder.apply(text).orElseThrow(() -> refused(expected, text));
  }

  public static Function<String, Integer> integer(int least) {
    return integer(least, 999_999_999, "a whole number from " + least);
  }

  public static Function<String, Integer> integer(int least, int most, String expected) {
    String digits = "\\d{1," + Integer.toString(most).length() + "}";
    return text -> {
      if (text.matches(digits)) {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      }
      throw refused(expected, text);
    };
  }

  /** A number from 1 up, or {@code word} for none. */
  public static Function<String, OptionalInt> positiveOr(String word) {
    Function<String, Integer> number = integer(1, 999_999_999, "a whole number from 1, or " + word);
    return text -> text.equals(word) ? OptionalInt.empty() : OptionalInt.of(number.apply(text));
  }

  public static <T> Function<String, Optional<T>> optional(
      String none, Function<String, T> reader) {
    return text -> text.equals(none) ? Optional.empty() : Optional.of(reader.apply(text));
  }

  /** As it is typed; nothing or {@code none} for none. */
  public static Optional<String> unlessNone(String text) {
    return text.isEmpty() || text.equals("none") ? Optional.empty() : Optional.of(text);
  }

  /** A size from one byte up. */
  public static Function<String, DataSize> sizeUpTo(DataSize most) {
    return text -> {
      DataSize size = DataSize.parse(text);
      if (size.bytes() < 1 || size.bytes() > most.bytes()) {
        throw refused("a size from 1 byte to " + most, text);
      }
      return size;
    };
  }

  /** A decimal number such as -4.78125 or 1e-3. */
  public static double decimal(String text) {
    if (text.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    }
    throw refused("a number", text);
  }

  public static boolean yesOrNo(String text) {
    if (text.equals("yes") || text.equals("no")) {
      return text.equals("yes");
    }
    throw refused("yes or no", text);
  }

  public static Function<String, String> notBlank(String expected) {
    return text -> {
      if (text.isBlank()) {
        throw refused(expected, text);
      }
      return text;
    };
  }

  /** A list, or {@code word} for an empty one. */
  public static <T> Function<String, List<T>> listOr(
      String word, Function<String, List<T>> reader) {
    return text -> text.equals(word) ? List.of() : reader.apply(text);
  }

  /** What stands between commas. */
  public static List<String> names(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  public static IllegalArgumentException refused(String expected, String found) {
    return new IllegalArgumentException(
        PLACED_BY_THE_CALLER.expected(expected).found("'" + found + "'"));
  }
}
