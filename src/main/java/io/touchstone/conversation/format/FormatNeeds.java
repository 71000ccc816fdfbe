package io.touchstone.conversation.format;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields that tell a format; {@code name.field} is one of an object's, {@code name[].field} one
 * of the objects in a list, {@code name[]} a list with texts in it.
 *
 * @param present all of these
 * @param absent none of these
 */
record FormatNeeds(List<String> present, List<String> absent) {

  static FormatNeeds of(String... present) {
    return new FormatNeeds(List.of(present), List.of());
  }

  FormatNeeds without(String... unwanted) {
    return new FormatNeeds(present, List.of(unwanted));
  }

  /** Without the fields that hold answers. */
  FormatNeeds withoutAnswers(Set<String> answers) {
    return new FormatNeeds(
        present.stream().filter(field -> !answers.contains(topLevel(field))).toList(),
        absent.stream().filter(field -> !answers.contains(topLevel(field))).toList());
  }

  boolean fit(Set<String> fields) {
    return fields.containsAll(present) && absent.stream().noneMatch(fields::contains);
  }

  /** How many of the fields are there, from 0 to 1. */
  double share(Set<String> fields) {
    return (double) present.stream().filter(fields::contains).count() / present.size();
  }

  /** Which of the fields are there, and which are not, or should not be. */
  String comparedWith(Set<String> fields) {
    StringBuilder told = new StringBuilder();
    tell("found ", present.stream().filter(fields::contains), told);
    tell("lacks ", present.stream().filter(field -> !fields.contains(field)), told);
    tell("wants no ", absent.stream().filter(fields::contains), told);
    return told.toString();
  }

  private static void tell(String what, Stream<String> fields, StringBuilder told) {
    String named = fields.collect(Collectors.joining(", "));
    if (!named.isEmpty()) {
      told.append(told.isEmpty() ? "" : "; ").append(what).append(named);
    }
  }

  /** The top-level fields that are looked for. */
  Stream<String> fields() {
    return Stream.concat(present.stream(), absent.stream()).map(FormatNeeds::topLevel);
  }

  private static String topLevel(String field) {
    return field.replaceFirst("[\\[.].*", "");
  }

  @Override
  public String toString() {
    return String.join(", ", present)
        + (absent.isEmpty() ? "" : "; without " + String.join(", ", absent));
  }
}
