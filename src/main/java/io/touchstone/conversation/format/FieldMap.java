package io.touchstone.conversation.format;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.LineFields;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.problem.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where rows hold the fields of their format, if not under the format's own names. A field that is
 * mapped to nothing is not read; one that is a list of answers may be mapped to several places.
 *
 * @param paths by the format's names
 */
public record FieldMap(SortedMap<String, List<FieldPath>> paths) {

  /** Every field is where the format says. */
  public static final FieldMap NONE = new FieldMap(new TreeMap<>());

  public FieldMap {
    SortedMap<String, List<FieldPath>> copy = new TreeMap<>();
    paths.forEach((target, places) -> copy.put(target, List.copyOf(places)));
    paths = copy;
  }

  /**
   * @param text {@code TARGET=PATH,TARGET=PATH…}, as a user types it
   * @throws IllegalArgumentException with what was expected
   */
  public static FieldMap parse(String text) {
    SortedMap<String, List<FieldPath>> paths = new TreeMap<>();
    for (String part : parts(text, ',')) {
      List<String> sides = parts(part, '=');
      if (sides.size() != 2 || sides.get(0).isBlank()) {
        throw new IllegalArgumentException(
            "expected TARGET=PATH[,TARGET=PATH...], with a comma or = of a name written \\, and"
                + " \\=, found '"
                + part
                + "'");
      }
      List<FieldPath> places =
          paths.computeIfAbsent(sides.get(0).strip(), target -> new ArrayList<>());
      String path = sides.get(1).strip();
      if (!path.isEmpty()) {
        places.add(FieldPath.parse(path));
      }
    }
    return new FieldMap(paths);
  }

  /**
   * Of rows that are documents without turns.
   *
   * @param path of the field that holds the text
   * @throws IllegalArgumentException if it is none
   */
  public static FieldMap ofText(String path) {
    return new FieldMap(new TreeMap<>(Map.of("text", List.of(FieldPath.parse(path)))));
  }

  public boolean isEmpty() {
    return paths.isEmpty();
  }

  /** This map, but for the fields that the other one has. */
  FieldMap with(FieldMap other) {
    SortedMap<String, List<FieldPath>> both = new TreeMap<>(paths);
    both.putAll(other.paths);
    return new FieldMap(both);
  }

  /** Whether the field is not to be read at all. */
  boolean drops(String target) {
    return paths.containsKey(target) && paths.get(target).isEmpty();
  }

  /** Whether the field under this name is read as another one, and so not as its own, too. */
  boolean takesAway(String name) {
    return !paths.containsKey(name)
        && paths.values().stream()
            .flatMap(List::stream)
            .anyMatch(path -> path.steps().isEmpty() && path.name().equals(name));
  }

  /**
   * What is wrong with paths that none of the lines has, one text for each.
   *
   * @param lines a file's first; those that are no JSON objects have no say
   */
  public List<String> lacking(List<byte[]> lines) {
    List<JsonRow> rows = lines.stream().flatMap(line -> object(line).stream()).toList();
    if (rows.isEmpty()) {
      return List.of();
    }
    SortedSet<String> known = new TreeSet<>();
    lines.forEach(line -> LineFields.of(line).ifPresent(known::addAll));
    rows.forEach(row -> known.removeAll(row.names()));
    rows.forEach(row -> row.names().forEach(name -> known.add(FieldPath.escaped(name))));
    return paths.values().stream()
        .flatMap(List::stream)
        .filter(path -> rows.stream().noneMatch(path::isIn))
        .map(
            path ->
                "expected the path "
                    + path
                    + " in one of the first "
                    + rows.size()
                    + " rows, found it in none"
                    + NearestName.of(path.text(), known)
                        .map(name -> "; nearest is " + name)
                        .orElseGet(() -> "; the rows have " + FieldNames.told(known)))
        .toList();
  }

  private static Optional<JsonRow> object(byte[] line) {
    try {
      return Optional.of(JsonRow.read(line));
    } catch (RowProblem noObject) {
      return Optional.empty();
    }
  }

  /** The text at the separators that no backslash stands in front of. */
  private static List<String> parts(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == separator) {
        parts.add(text.substring(start, at));
        start = at + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** The map as a user would type it, the same for equal ones. */
  @Override
  public String toString() {
    return paths.entrySet().stream().map(FieldMap::text).collect(Collectors.joining(","));
  }

  private static String text(Map.Entry<String, List<FieldPath>> target) {
    return target.getValue().isEmpty()
        ? target.getKey() + "="
        : target.getValue().stream()
            .map(path -> target.getKey() + "=" + path)
            .collect(Collectors.joining(","));
  }
}
