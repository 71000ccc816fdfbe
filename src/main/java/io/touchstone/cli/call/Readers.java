package io.touchstone.cli.call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** From the text of a setting to its value; refusals say what was expected and what was found. */
public final class Readers {
  private Readers() {}

  /** One of the enum's constants, typed in lower case. */
  public static <E extends Enum<E>> Function<String, E> oneOf(Class<E> choices) {
    List<E> constants = List.of(choices.getEnumConstants());
    return text -> {
      for (E constant : constants) {
        if (word(constant).equals(text)) {
          return constant;
        }
      }
      throw refused(String.join(" or ", constants.stream().map(Readers::word).toList()), text);
    };
  }

  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public static Function<String, Integer> integer(int least) {
    return text -> {
      if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least) {
        return Integer.valueOf(text);
      }
      throw refused("a whole number from " + least, text);
    };
  }

  /** A number from 1 up, or {@code word} for none. */
  public static Function<String, OptionalInt> positiveOr(String word) {
    return text -> {
      if (text.equals(word)) {
        return OptionalInt.empty();
      }
      if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= 1) {
        return OptionalInt.of(Integer.parseInt(text));
      }
      throw refused("a whole number from 1, or " + word, text);
    };
  }

  public static <T> Function<String, Optional<T>> optional(
      String none, Function<String, T> reader) {
    return text -> text.equals(none) ? Optional.empty() : Optional.of(reader.apply(text));
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

  /** A name typed with hyphens where the constant has underscores. */
  public static <E extends Enum<E>> Function<String, E> hyphenated(Class<E> choices) {
    List<E> constants = List.of(choices.getEnumConstants());
    return text -> {
      for (E constant : constants) {
        if (word(constant).replace('_', '-').equals(text)) {
          return constant;
        }
      }
      throw refused(
          String.join(
              " or ", constants.stream().map(each -> word(each).replace('_', '-')).toList()),
          text);
    };
  }

  public static List<String> names(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  public static IllegalArgumentException refused(String expected, String found) {
    return new IllegalArgumentException("expected " + expected + ", found '" + found + "'");
  }
}
