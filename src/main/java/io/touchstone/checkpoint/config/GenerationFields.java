package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Fields of {@code generation_config.json}: one that is null is one that is not there. */
record GenerationFields(Fields fields) {
  /** More than any vocabulary has; bounds what is kept of a list. */
  private static final int MOST_IDS = 1 << 20;

  boolean given(String name) {
    return fields.given(name);
  }

  Optional<Boolean> flag(String name) {
    return given(name) ? Optional.of(fields.flag(name)) : Optional.empty();
  }

  /** A number within closed bounds. */
  OptionalDouble number(String name, double least, double most) {
    if (!given(name)) {
      return OptionalDouble.empty();
    }
    JsonNode value = fields.get(name);
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (number >= least && number <= most) {
      return OptionalDouble.of(number);
    }
    String range =
        most == Double.MAX_VALUE
            ? " from " + plain(least)
            : " from " + plain(least) + " to " + plain(most);
    fields.expected(name, "a number" + range);
    return OptionalDouble.empty();
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? "" + (long) bound : "" + bound;
  }

  /** A number above 0. */
  OptionalDouble positive(String name) {
    return given(name) ? OptionalDouble.of(fields.positive(name)) : OptionalDouble.empty();
  }

  OptionalInt count(String name, int least) {
    if (!given(name)) {
      return OptionalInt.empty();
    }
    JsonNode value = fields.get(name);
    if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= least) {
      return OptionalInt.of(value.intValue());
    }
    fields.expected(name, "a whole number from " + least);
    return OptionalInt.empty();
  }

  /** One id, or a list of them. */
  List<Integer> idOrIds(String name) {
    if (!given(name)) {
      return List.of();
    }
    JsonNode value = fields.get(name);
    Optional<List<Integer>> ids =
        value.isArray()
            ? ids(value)
            : isId(value) ? Optional.of(List.of(value.intValue())) : Optional.empty();
    return orReport(ids, name, "an id or a list of ids");
  }

  List<Integer> ids(String name) {
    return given(name) ? orReport(ids(fields.get(name)), name, "a list of ids") : List.of();
  }

  /** Lists of ids, none of them empty. */
  List<List<Integer>> sequences(String name) {
    if (!given(name)) {
      return List.of();
    }
    List<List<Integer>> sequences = new ArrayList<>();
    JsonNode value = fields.get(name);
    boolean sound = value.isArray() && !value.isEmpty();
    for (JsonNode each : value) {
      Optional<List<Integer>> ids = ids(each).filter(list -> !list.isEmpty());
      ids.ifPresent(sequences::add);
      sound &= ids.isPresent();
    }
    return orReport(sound ? Optional.of(sequences) : Optional.empty(), name, "lists of ids");
  }

  /** Texts, or one text; none of them empty. */
  List<String> texts(String name) {
    if (!given(name)) {
      return List.of();
    }
    JsonNode value = fields.get(name);
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(value.textValue());
    }
    boolean sound = value.isTextual() || value.isArray();
    for (JsonNode each : value) {
      sound &= each.isTextual();
      texts.add(each.asText());
    }
    sound &= !texts.contains("");
    return orReport(
        sound ? Optional.of(texts) : Optional.empty(), name, "texts, none of them empty");
  }

  <T> List<T> orReport(Optional<List<T>> read, String name, String expected) {
    if (read.isEmpty()) {
      fields.expected(name, expected);
    }
    return read.orElse(List.of());
  }

  static Optional<List<Integer>> ids(JsonNode list) {
    List<Integer> ids = new ArrayList<>();
    if (!list.isArray() || list.size() > MOST_IDS) {
      return Optional.empty();
    }
    for (JsonNode id : list) {
      if (!isId(id)) {
        return Optional.empty();
      }
      ids.add(id.intValue());
    }
    return Optional.of(ids);
  }

  private static boolean isId(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0;
  }
}
