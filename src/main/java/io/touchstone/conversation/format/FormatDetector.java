package io.touchstone.conversation.format;

import io.touchstone.conversation.line.LineFields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells a file's format by the fields of its first lines.
 *
 * <p>The format that fits most of them wins, so that an odd line does not stop a job: it becomes a
 * rejection when it is read. Two that fit equally many are for the user to choose from. Lines that
 * are no JSON objects have no say.
 */
public final class FormatDetector {

  private static final int NAMED_FIELDS = 40;
  private static final int NAME_LENGTH = 60;

  private FormatDetector() {}

  /**
   * @param firstLines each without line end and byte order mark
   */
  public static Detection detect(List<byte[]> firstLines) {
    List<Set<String>> objects =
        firstLines.stream().map(LineFields::of).flatMap(Optional::stream).toList();
    if (objects.isEmpty()) {
      return new Detection.Undetected(
          "expected lines of JSON objects, found none among the first " + firstLines.size());
    }
    long most =
        RowFormat.ALL.stream().mapToLong(format -> fitting(format, objects)).max().orElse(0);
    List<RowFormat> best =
        RowFormat.ALL.stream()
            .filter(format -> most > 0 && fitting(format, objects) == most)
            .toList();
    return best.size() == 1
        ? new Detection.Detected(best.get(0))
        : new Detection.Undetected(complaint(best, objects));
  }

  private static long fitting(RowFormat format, List<Set<String>> objects) {
    return objects.stream().filter(format.needs()::fit).count();
  }

  private static String complaint(List<RowFormat> best, List<Set<String>> objects) {
    String found =
        best.isEmpty()
            ? "none"
            : best.stream().map(RowFormat::word).collect(Collectors.joining(" and "));
    Set<String> seen = new LinkedHashSet<>();
    objects.forEach(seen::addAll);
    return "expected lines that fit one format, found "
        + found
        + " to fit. The lines have the fields "
        + named(seen)
        + ". The formats need:"
        + RowFormat.ALL.stream()
            .map(format -> "\n  " + format.word() + ": " + format.needs())
            .collect(Collectors.joining());
  }

  private static String named(Set<String> fields) {
    List<String> names = new ArrayList<>();
    for (String field : fields) {
      if (names.size() == NAMED_FIELDS) {
        names.add("and " + (fields.size() - NAMED_FIELDS) + " more");
        break;
      }
      names.add(printable(field));
    }
    return names.isEmpty() ? "(none)" : String.join(", ", names);
  }

  private static String printable(String name) {
    String shown = name.length() > NAME_LENGTH ? name.substring(0, NAME_LENGTH) + "…" : name;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
