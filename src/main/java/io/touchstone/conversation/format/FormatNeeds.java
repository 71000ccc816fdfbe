package io.touchstone.conversation.format;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields that tell a format; {@code name[].field} is a field of the objects in a list, {@code
 * name[]} a list with texts in it.
 *
 * @param present all of these
 * @param absent none of these
 */
record FormatNeeds(List<String> present, List<String> absent) implements Serializable {

  static FormatNeeds of(String... present) {
    return new FormatNeeds(List.of(present), List.of());
  }

  FormatNeeds without(String... unwanted) {
    return new FormatNeeds(present, List.of(unwanted));
  }

  boolean fit(Set<String> fields) {
    return fields.containsAll(present) && absent.stream().noneMatch(fields::contains);
  }

  /** The top-level fields that are looked for. */
  Stream<String> fields() {
    return Stream.concat(present.stream(), absent.stream())
        .map(field -> field.replaceFirst("\\[.*", ""));
  }

  @Override
  public String toString() {
    return String.join(", ", present)
        + (absent.isEmpty() ? "" : "; without " + String.join(", ", absent));
  }
}
