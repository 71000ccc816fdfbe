package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row as if its fields stood where its format has them.
 *
 * @param read names of the fields that the format reads
 * @param map where some of them are instead
 * @param dispensable those of them whose place a row may lack
 */
record MappedLine(Set<String> read, FieldMap map, Set<String> dispensable) {

  /** Whether a field of the row is read, or holds something that is. */
  boolean needs(String name) {
    return read.contains(name) && !map.paths().containsKey(name)
        || map.paths().values().stream()
            .flatMap(List::stream)
            .anyMatch(place -> place.name().equals(name));
  }

  /**
   * An object of the fields that are read.
   *
   * @param members the row's fields that are needed, by name
   * @throws io.touchstone.conversation.line.RowProblem if the row lacks a place that is named
   */
  LineText line(Map<String, RowValue> members) {
    String fields =
        read.stream()
            .sorted()
            .flatMap(name -> json(name, members).map(json -> '"' + name + "\":" + json))
            .collect(Collectors.joining(",", "{", "}"));
    return LineText.of(fields.getBytes(UTF_8));
  }

  private Stream<String> json(String name, Map<String, RowValue> members) {
    List<FieldPath> places = map.paths().get(name);
    if (places == null) {
      return Optional.ofNullable(members.get(name)).map(RowValue::json).stream();
    }
    List<String> found = new ArrayList<>();
    for (FieldPath place : places) {
      try {
        found.add(place.json(of -> Optional.ofNullable(members.get(of))));
      } catch (RowProblem lacking) {
        if (!dispensable.contains(name)) {
          throw lacking;
        }
      }
    }
    return dispensable.contains(name) && found.isEmpty()
        ? Stream.of()
        : Stream.of(places.size() == 1 ? found.get(0) : "[" + String.join(",", found) + "]");
  }
}
