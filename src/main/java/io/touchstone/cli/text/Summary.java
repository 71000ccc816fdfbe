package io.touchstone.cli.text;

import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.reward.LabelStyle;
import io.touchstone.reward.ScoreDistribution;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.KnownTotals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a finished job tells the user.
 *
 * @param memory of each replica; empty where each plans for a machine of its own
 * @param sparkSeconds wall time that Spark took to start
 */
public record Summary(
    AnnotateReport report,
    ModelDescription model,
    ModelOrigin origin,
    Optional<MemoryPlan> memory,
    LabelStyle labels,
    double sparkSeconds) {

  private static final int BARS = 10;
  private static final int BAR_WIDTH = 40;
  private static final int ROW_CHARS = 300;

  public enum ModelOrigin {
    DEMO,
    CHOSEN
  }

  public String text() {
    List<String> lines = new ArrayList<>();
    AnnotationTotals totals = report.totals();
    lines.add(headline(totals));
    lines.add("");
    lines.add("  rows      " + rows(totals));
    if (totals.rejectedLines() > 0) {
      lines.add("  rejected  " + rejected(totals));
    }
    lines.add("  pieces    " + pieces());
    lines.add("  model     " + modelText(model));
    lines.add("  tokens    " + tokens(totals));
    if (!totals.known().equals(KnownTotals.NONE)) {
      lines.add("  ledger    " + known(totals.known()));
    }
    memory.ifPresent(plan -> lines.add("  memory    " + memory(plan)));
    lines.add("  time      " + time());
    for (int i = 0; i < totals.scores().size(); i++) {
      lines.addAll(scores(model.attributes().get(i), totals.scores().get(i)));
    }
    report
        .firstRow()
        .ifPresent(row -> lines.addAll(List.of("", "The first scored row:", excerpt(row))));
    lines.addAll(notes(totals));
    return String.join("\n", lines) + "\n";
  }

  private String headline(AnnotationTotals totals) {
    String done = report.alreadyDone() ? "An earlier run had scored" : "Scored";
    return done
        + format(
            " %,d of %,d rows; the result lies in %s", totals.out(), totals.in(), resultOf(report));
  }

  /** Where the result lies, as users type it: without {@code file:} on this machine. */
  public static String resultOf(AnnotateReport report) {
    return asTyped(report.output());
  }

  public static String asTyped(String folder) {
    return folder.replaceFirst("^file:(?://)?(?=/)", "");
  }

  private static String rows(AnnotationTotals totals) {
    return format(
        "%,d in, %,d out, %,d rejected, %,d blank",
        totals.in(), totals.out(), totals.rejectedLines(), totals.blank());
  }

  private String rejected(AnnotationTotals totals) {
    return totals.rejected().entrySet().stream()
            .map(kind -> format("%,d %s", kind.getValue(), kind.getKey()))
            .collect(Collectors.joining(", "))
        + "; lines and reasons in "
        + resultOf(report)
        + "/rejected";
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

  public static String modelText(ModelDescription model) {
    return model.path() + " (" + model.architecture() + ", " + model.precision() + ")";
  }

  private String tokens(AnnotationTotals totals) {
    double seconds = report.seconds().total();
    String rate =
        seconds > 0 && !report.alreadyDone()
            ? format(", %,.0f a second", totals.presentedTokens() / seconds)
            : "";
    return format(
        "%,d presented, %,d computed%s", totals.presentedTokens(), totals.computedTokens(), rate);
  }

  private static String known(KnownTotals known) {
    return spared(known) + format("; %,d scores added", known.added());
  }

  static String spared(KnownTotals known) {
    return format(
        "%,d rows known, %,d conversations, %,d tokens not computed",
        known.rows(), known.prompts(), known.tokens());
  }

  static String memory(MemoryPlan plan) {
    return format(
        "up to %,d MiB of %,d planned, for loads of %,d tokens; a conversation may have %,d",
        plan.bytesFor(plan.loadTokens()) >> 20,
        plan.budget() >> 20,
        plan.loadTokens(),
        plan.mostTokens());
  }

  private String time() {
    AnnotateReport.Seconds seconds = report.seconds();
    return format(
        "%.1f s (load %.1f, prepare %.1f, forward %.1f), after %.1f s to start Spark",
        seconds.total(), seconds.load(), seconds.prepare(), seconds.forward(), sparkSeconds);
  }

  private static List<String> scores(String attribute, ScoreDistribution scores) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        format(
            "  %s: mean %.3f, standard deviation %.3f, from %.3f to %.3f",
            attribute, scores.mean(), scores.deviation(), scores.min(), scores.max()));
    List<ScoreDistribution.Bar> bars = scores.bars(BARS);
    long most = bars.stream().mapToLong(ScoreDistribution.Bar::count).max().orElse(1);
    for (ScoreDistribution.Bar bar : bars) {
      int width = (int) Math.ceil((double) BAR_WIDTH * bar.count() / most);
      lines.add(
          format(
              "    %10s |%-" + BAR_WIDTH + "s %,d",
              edge(bar.from()),
              "#".repeat(width),
              bar.count()));
    }
    return lines;
  }

  /** At most six digits, plain as long as they fit the column. */
  static String edge(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    String plain = rounded.toPlainString();
    return plain.length() <= 10 ? plain : rounded.toString();
  }

  /** Both ends of a long row, since scores stand at the end of most; no control characters. */
  static String excerpt(String row) {
    String printable =
        row.codePoints()
            .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    if (printable.length() <= ROW_CHARS) {
      return printable;
    }
    int head = ROW_CHARS * 2 / 3;
    int tail = printable.length() - (ROW_CHARS - head);
    head -= Character.isHighSurrogate(printable.charAt(head - 1)) ? 1 : 0;
    tail += Character.isLowSurrogate(printable.charAt(tail)) ? 1 : 0;
    return printable.substring(0, head) + " ... " + printable.substring(tail);
  }

  private List<String> notes(AnnotationTotals totals) {
    List<String> notes = new ArrayList<>();
    long values = totals.scores().stream().mapToLong(ScoreDistribution::count).sum();
    if (labels == LabelStyle.ROUNDED && totals.clampedValues() * 2 > values) {
      notes.add("");
      notes.add(
          format(
              "Note: %,d of %,d values lay outside 0-4 and were clamped."
                  + " An uncalibrated Bradley-Terry score is not on\n"
                  + "the 0-4 scale; its labels say little."
                  + " --labels float keeps the scores as they are,\n"
                  + "jobs/calibrate maps them to labels.",
              totals.clampedValues(), values));
    }
    if (origin == ModelOrigin.DEMO) {
      notes.add("");
      notes.add(
          "The bundled demo checkpoint demonstrates the job and is no reward model."
              + " --model DIR takes yours.");
    }
    return notes;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
