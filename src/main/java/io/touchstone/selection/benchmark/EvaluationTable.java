package io.touchstone.selection.benchmark;

import io.touchstone.selection.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An evaluation for people: figures in percent, as the benchmarks' authors print them. */
public record EvaluationTable(Evaluation evaluation, Optional<Comparison> comparison) {

  /** For a terminal: columns aligned, two spaces in front. */
  public String plain() {
    StringBuilder text = new StringBuilder(aligned(cells()));
    comparison.ifPresent(found -> text.append('\n').append(aligned(cells(found))));
    notes().forEach(note -> text.append('\n').append(note).append('\n'));
    return text.toString();
  }

  public String markdown() {
    StringBuilder text =
        new StringBuilder("# ").append(evaluation.benchmark().word()).append("\n\n");
    text.append(piped(cells()));
    comparison.ifPresent(found -> text.append("\n## Compared\n\n").append(piped(cells(found))));
    notes().forEach(note -> text.append('\n').append(note).append('\n'));
    return text.toString();
  }

  private List<List<String>> cells() {
    Figures figures = evaluation.figures();
    List<String> columns = evaluation.benchmark().columns();
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("", "%", "95 % interval", "tasks"));
    head.addAll(columns);
    cells.add(head);
    figures
        .groups()
        .forEach(
            (name, group) -> {
              List<String> row = row(name, name, group.value(), group.count());
              cells.add(row);
              columns.forEach(column -> row.add(percent(group.parts().get(column))));
              group
                  .parts()
                  .forEach(
                      (part, of) -> {
                        if (!columns.contains(part)) {
                          String full = Figures.partName(name, part);
                          cells.add(row("- " + part, full, of.value(), of.count()));
                        }
                      });
            });
    List<String> overall =
        row(Figures.OVERALL, Figures.OVERALL, figures.overall(), figures.count());
    columns.forEach(column -> overall.add(percent(meanOf(column))));
    cells.add(overall);
    return cells;
  }

  /** A column over all: each group that has it counts the same; null if none has. */
  private Figures.@Nullable Part meanOf(String column) {
    Figures figures = evaluation.figures();
    int count = 0;
    double sum = 0;
    int groups = 0;
    for (Map.Entry<String, Figures.Group> group : figures.groups().entrySet()) {
      Figures.Part part = group.getValue().parts().get(column);
      if (part != null && !figures.beside().contains(group.getKey())) {
        sum += part.value();
        count += part.count();
        groups++;
      }
    }
    return groups == 0 ? null : new Figures.Part(sum / groups, count);
  }

  private static String percent(Figures.@Nullable Part part) {
    return part == null ? "" : percent(part.value());
  }

  private List<String> row(String shown, String name, double value, int count) {
    Interval interval = evaluation.intervals().get(name);
    return new ArrayList<>(
        List.of(
            shown,
            percent(value),
            interval == null ? "" : between(interval, "%.2f"),
            String.format(Locale.ROOT, "%,d", count)));
  }

  private static List<List<String>> cells(Comparison comparison) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("", "here", "there", "difference", "95 % interval", "p", ""));
    for (Map.Entry<String, Comparison.Difference> entry : comparison.differences().entrySet()) {
      Comparison.Difference difference = entry.getValue();
      cells.add(
          List.of(
              entry.getKey(),
              percent(difference.ours()),
              percent(difference.theirs()),
              String.format(Locale.ROOT, "%+.2f", 100 * difference.value()),
              between(difference.interval(), "%+.2f"),
              String.format(Locale.ROOT, "%.4f", difference.p()),
              difference.isReal() ? "real" : "may be chance"));
    }
    return cells;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!evaluation.missing().isEmpty()) {
      notes.add(
          "Not the whole benchmark: no task of "
              + String.join(", ", evaluation.missing())
              + ". The figures are of what is there.");
    }
    notes.addAll(evaluation.notes());
    Set<String> beside = evaluation.figures().beside();
    if (!beside.isEmpty()) {
      notes.add(
          "No part of the overall figure, as with the authors: " + String.join(", ", beside) + ".");
    }
    comparison.ifPresent(found -> notes.add(sentence(found)));
    return notes;
  }

  private static String sentence(Comparison comparison) {
    Comparison.Difference overall =
        Objects.requireNonNull(comparison.differences().get(Figures.OVERALL), Figures.OVERALL);
    return String.format(
        Locale.ROOT,
        "The difference %s: overall %+.2f points; chance alone would part the two as far with p ="
            + " %.4f. Compared on %,d tasks that both have; %,d only here, %,d only there.",
        overall.isReal() ? "is real" : "may be chance",
        100 * overall.value(),
        overall.p(),
        comparison.shared(),
        comparison.onlyOurs(),
        comparison.onlyTheirs());
  }

  private static String between(Interval interval, String format) {
    return String.format(
        Locale.ROOT, format + " to " + format, 100 * interval.low(), 100 * interval.high());
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }

  private static String aligned(List<List<String>> cells) {
    int[] widths = new int[cells.get(0).size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder(" ");
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        boolean words = i == 0 || row.get(i).startsWith("may") || row.get(i).startsWith("real");
        line.append(' ').append(words ? row.get(i) + pad : pad + row.get(i)).append(' ');
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String piped(List<List<String>> cells) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : cells) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
      if (row == cells.get(0)) {
        text.append("|---").append("|---:".repeat(row.size() - 1)).append("|\n");
      }
    }
    return text.toString();
  }
}
