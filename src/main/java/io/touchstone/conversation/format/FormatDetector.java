package io.touchstone.conversation.format;

import io.touchstone.conversation.line.LineFields;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells a file's format by the fields of its first lines.
 *
 * <p>The format that fits most of them wins, so that an odd line does not stop a job: it becomes a
 * rejection when it is read. Of several that fit equally many, one gives way to another that scores
 * all that it would: the same turns under two names are no choice. What is left is for the user to
 * choose from. Lines that are no JSON objects have no say.
 */
public final class FormatDetector {

  private static final int NAMED_FORMATS = 5;

  private FormatDetector() {}

  /** A line that is a JSON object, and its fields. */
  private record Line(byte[] bytes, Set<String> fields) {}

  /**
   * @param firstLines each without line end and byte order mark
   */
  public static Detection detect(List<byte[]> firstLines) {
    List<Line> objects = objects(firstLines);
    if (objects.isEmpty()) {
      return new Detection.Undetected(
          "expected lines of JSON objects, found none among the first " + firstLines.size());
    }
    long most =
        FormatTable.ALL.stream().mapToLong(format -> fitting(format, objects)).max().orElse(0);
    List<RowFormat> best =
        FormatTable.ALL.stream()
            .filter(format -> most > 0 && fitting(format, objects) == most)
            .toList();
    List<RowFormat> meant =
        best.size() == 1 ? best : best.stream().filter(f -> stands(f, best, objects)).toList();
    return meant.size() == 1
        ? new Detection.Detected(meant.get(0))
        : new Detection.Undetected(complaint(best, objects));
  }

  private static List<Line> objects(List<byte[]> firstLines) {
    return firstLines.stream()
        .flatMap(line -> LineFields.of(line).map(fields -> new Line(line, fields)).stream())
        .toList();
  }

  /**
   * Tells a file's format by lines that may have no answers: one whose fields are all there, as
   * {@link #detect} finds it, or one of whose fields those are there that hold the prompt.
   *
   * @param firstLines each without line end and byte order mark
   */
  public static Detection detectPrompts(List<byte[]> firstLines) {
    Detection whole = detect(firstLines);
    List<Line> objects = objects(firstLines);
    if (whole instanceof Detection.Detected
        || FormatTable.ALL.stream().anyMatch(format -> fitting(format, objects) > 0)) {
      return whole;
    }
    List<RowFormat> bare = FormatTable.BARE.stream().map(FormatDetector::bare).toList();
    long most = bare.stream().mapToLong(format -> fitting(format, objects)).max().orElse(0);
    List<RowFormat> best =
        bare.stream().filter(format -> most > 0 && fitting(format, objects) == most).toList();
    return best.isEmpty()
        ? whole
        : best.size() > 1
            ? new Detection.Undetected(complaint(best, objects))
            : new Detection.Detected(RowFormat.named(best.get(0).word()).orElseThrow());
  }

  /** The format as rows without answers show it. */
  private static RowFormat bare(RowFormat format) {
    return new RowFormat(
        format.word(),
        format.needs().withoutAnswers(format.recipe().ofAnswers()),
        format.scores(),
        format.recipe());
  }

  private static long fitting(RowFormat format, List<Line> objects) {
    return objects.stream().filter(line -> fits(format, line.fields)).count();
  }

  /** Answers that this program has written are meant, whatever else is left in their rows. */
  private static boolean fits(RowFormat format, Set<String> fields) {
    return format.needs().fit(fields)
        && (format == FormatTable.CANDIDATES || !fields.containsAll(AnswerFields.ofCandidates()));
  }

  /**
   * Whether the format gives way to none of the others; of two that say the same, the first stands.
   */
  private static boolean stands(RowFormat format, List<RowFormat> best, List<Line> objects) {
    return best.stream()
        .noneMatch(
            other ->
                other != format
                    && givesWay(format, other, objects)
                    && (best.indexOf(other) < best.indexOf(format)
                        || !givesWay(other, format, objects)));
  }

  /** Whether the other format scores, in every line, all that this one would. */
  private static boolean givesWay(RowFormat format, RowFormat other, List<Line> objects) {
    RowReader reader = new RowReader(format);
    RowReader otherReader = new RowReader(other);
    boolean any = false;
    for (Line line : objects) {
      ParsedLine said = reader.read(line.bytes);
      ParsedLine otherSaid = otherReader.read(line.bytes);
      if (otherSaid instanceof Row all) {
        any = true;
        if (said instanceof Row row && !all.conversations().containsAll(row.conversations())) {
          return false;
        }
      } else if (said instanceof Row) {
        return false;
      }
    }
    return any;
  }

  private static String complaint(List<RowFormat> best, List<Line> objects) {
    Set<String> seen = new LinkedHashSet<>();
    objects.forEach(line -> seen.addAll(line.fields));
    String fields = " The lines have the fields " + FieldNames.told(seen) + ". ";
    if (best.isEmpty()) {
      String closest = closest(seen);
      return "expected lines that fit one format, found none to fit."
          + fields
          + (closest.isEmpty() ? "" : "Closest are:" + closest + "\n  ")
          + "--format NAME names the one that is meant, --map TARGET=PATH where its fields are;"
          + " --help lists all, conf/data holds such maps of published data sets.";
    }
    return "expected lines that fit one format, found "
        + best.stream().map(RowFormat::word).collect(Collectors.joining(" and "))
        + " to fit."
        + fields
        + "Found were:"
        + best.stream()
            .map(format -> "\n  " + format.word() + ": " + format.needs())
            .collect(Collectors.joining())
        + "\n  --format NAME names the one that is meant, --map TARGET=PATH where its fields are.";
  }

  /** The formats of which most fields are there, with what they lack. */
  private static String closest(Set<String> seen) {
    return FormatTable.ALL.stream()
        .filter(format -> format.needs().share(seen) > 0)
        .sorted(Comparator.comparingDouble(format -> -format.needs().share(seen)))
        .limit(NAMED_FORMATS)
        .map(format -> "\n  " + format.word() + ": " + format.needs().comparedWith(seen))
        .collect(Collectors.joining());
  }
}
