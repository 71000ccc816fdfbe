package io.touchstone.conversation.format;

import io.touchstone.conversation.line.LineFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    Map<RowFormat, Integer> fits = new EnumMap<>(RowFormat.class);
    Set<String> seen = new LinkedHashSet<>();
    int objects = 0;
    for (byte[] line : firstLines) {
      Optional<Set<String>> fields = LineFields.of(line);
      if (fields.isPresent()) {
        objects++;
        seen.addAll(fields.get());
        FormatNeeds.fitting(fields.get()).forEach(format -> fits.merge(format, 1, Integer::sum));
      }
    }
    if (objects == 0) {
      return new Detection.Undetected(
          "expected lines of JSON objects, found none among the first " + firstLines.size());
    }
    int most = fits.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<RowFormat> best =
        fits.keySet().stream().filter(f -> fits.getOrDefault(f, 0) == most).toList();
    return best.size() == 1
        ? new Detection.Detected(best.get(0))
        : new Detection.Undetected(complaint(best, seen));
  }

  private static String complaint(List<RowFormat> best, Set<String> seen) {
    String found =
        best.isEmpty()
            ? "none"
            : best.stream().map(RowFormat::word).collect(Collectors.joining(" and "));
    return "expected lines that fit one format, found "
        + found
        + " to fit. The lines have the fields "
        + named(seen)
        + ". The formats need:"
        + FormatNeeds.describe();
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
