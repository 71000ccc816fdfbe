package io.touchstone.cli.text;

import io.touchstone.jobs.choose.ChooseReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a finished job that reads rows and writes rows tells the user.
 *
 * @param headline what became of the rows, but for where they lie
 * @param counts further lines, each a word and what is to be said
 * @param sparkSeconds wall time that Spark took to start
 */
public record ChooseOutcomeText(
    ChooseReport report, String headline, Map<String, String> counts, double sparkSeconds) {

  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add((report.alreadyDone() ? "An earlier run had done this: " : "") + headline);
    lines.add("");
    lines.add(
        line(
            "rows",
            format(
                "%,d in, %,d rejected, %,d blank",
                report.in(), report.rejectedLines(), report.blank())));
    if (report.rejectedLines() > 0) {
      String kinds =
          report.rejected().entrySet().stream()
              .map(kind -> format("%,d %s", kind.getValue(), kind.getKey()))
              .collect(Collectors.joining(", "));
      lines.add(line("rejected", kinds + "; lines and reasons in " + folder(0) + "/rejected"));
    }
    counts.forEach((word, text) -> lines.add(line(word, text)));
    lines.add(line("pieces", pieces()));
    if (!report.alreadyDone()) {
      lines.add(
          line(
              "time",
              format("%.1f s, after %.1f s to start Spark", report.seconds(), sparkSeconds)));
    }
    report
        .firstRow()
        .ifPresent(row -> lines.addAll(List.of("", "The first row:", Summary.excerpt(row))));
    return String.join("\n", lines) + "\n";
  }

  /** An output folder, as users type it. */
  String folder(int index) {
    return Summary.asTyped(report.outputs().get(index));
  }

  private String pieces() {
    String text = format("%,d", report.pieces());
    if (!report.alreadyDone() && report.resumedPieces() > 0) {
      text += format(", %,d of them done by an earlier run", report.resumedPieces());
    }
    if (report.skippedFiles() > 0) {
      text += format("; files of other kinds, skipped: %,d", report.skippedFiles());
    }
    return text;
  }

  private static String line(String word, String text) {
    return format("  %-9s %s", word, text);
  }

  public static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
