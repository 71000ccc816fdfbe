package io.touchstone.conversation.format;

import io.touchstone.conversation.format.GeneratedFields.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Places of a row where fields stand that a map reads from elsewhere. */
final class GeneratedPlaces {

  private static final Pattern PATH = Pattern.compile("((?:\\\\.|[^.\\[\\\\])+)(.*)");

  private GeneratedPlaces() {}

  /** A map of some of a format's fields to places of every kind. */
  static FieldMap map(GeneratedJson json, RowFormat format) {
    List<String> optional = format.recipe().optional();
    String map =
        format.recipe().reads().stream()
            .limit(5)
            .filter(field -> !json.one(3) || !format.map().isEmpty())
            .map(field -> places(json, field, optional.contains(field.name())))
            .collect(Collectors.joining(","));
    return map.isEmpty() ? FieldMap.NONE : FieldMap.parse(map);
  }

  private static String places(GeneratedJson json, Field<?> field, boolean optional) {
    String name = field.name();
    if (optional && json.one(4)) {
      return name + "=";
    }
    if (field.isOfMany() && json.one(2)) {
      return json.pick(List.of("%1$s=e_%1$s[].v", "%1$s=e_%1$s[]", "%1$s=s_%1$s,%1$s=t_%1$s.v"))
          .formatted(name);
    }
    return json.pick(List.of("x_%s", "o_%s.v", "l_%s[1]", "d\\.%s", "c\\,%s\\="))
        .formatted(name)
        .transform(path -> name + "=" + path);
  }

  /** Fields of the row, with JSON, by name. */
  static Map<String, String> placed(GeneratedJson json, GeneratedFields read, FieldMap map) {
    Map<String, String> placed = new LinkedHashMap<>();
    read.fields()
        .forEach(
            (name, value) -> {
              List<FieldPath> places = map.paths().getOrDefault(name, List.of());
              if (!map.paths().containsKey(name)) {
                placed.put(name, whole(json, value));
              } else if (places.size() > 1) {
                for (int i = 0; i < places.size(); i++) {
                  place(json, places.get(i), new Value(false, List.of(value.elements().get(i))))
                      .forEach(placed::put);
                }
              } else if (places.size() == 1) {
                place(json, places.get(0), value).forEach(placed::put);
              }
            });
    map.paths().values().stream()
        .flatMap(List::stream)
        .filter(path -> !placed.containsKey(path.name()))
        .forEach(path -> placed.put(path.name(), "null"));
    return placed;
  }

  private static String whole(GeneratedJson json, Value value) {
    return value.isList() ? json.list(value.elements()) : value.elements().get(0);
  }

  private static Map<String, String> place(GeneratedJson json, FieldPath path, Value value) {
    Matcher parts = PATH.matcher(path.text());
    if (!parts.matches()) {
      throw new IllegalArgumentException(path.text());
    }
    String rest = parts.group(2);
    String placed =
        rest.startsWith("[]")
            ? json.list(
                value.elements().stream().map(e -> member(json, rest.substring(2), e)).toList())
            : rest.equals("[1]")
                ? json.list(List.of(json.value(1), whole(json, value), json.value(1)))
                : member(json, rest, whole(json, value));
    return Map.of(path.name(), placed);
  }

  private static String member(GeneratedJson json, String rest, String value) {
    return rest.isEmpty()
        ? value
        : "{\"k\":%s,%s%s:%s%s}"
            .formatted(
                json.value(1), json.space(), json.name(rest.substring(1)), json.space(), value);
  }
}
