package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.reward.LabelStyle;
import io.touchstone.reward.ScoreDistribution;
import io.touchstone.scoring.FasterProducts;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.KnownTotals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * What a finished annotation tells the user.
 *
 * @param memory of each replica; empty where each plans for a machine of its own
 * @param faster products than the model's own, where the summary's process has scored
 * @param sparkSeconds wall time that Spark took to start; 0 where an earlier run has done all
 */
public record AnnotateText(
    AnnotateReport report,
    ModelDescription model,
    ModelOrigin origin,
    Optional<MemoryPlan> memory,
    Optional<FasterProducts> faster,
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
    Text text = new Text();
    AnnotationTotals totals = report.totals();
    String output = Text.path(report.output());
    report.allRejected().ifPresent(why -> text.line("%s", AllRejectedText.of(why)).line(""));
    warn(model.reading(), text);
    text.line(
        "%s %,d of %,d rows; the result lies in %s",
        report.alreadyDone() ? "An earlier run had scored" : "Scored",
        totals.out(),
        totals.in(),
        output);
    text.line("");
    text.about(
        "rows",
        "%,d in, %,d out, %,d rejected, %,d blank",
        totals.in(),
        totals.out(),
        totals.rejectedLines(),
        totals.blank());
    if (totals.rejectedLines() > 0) {
      text.about(
          "rejected",
          "%s; %s in %s",
          Text.counts(totals.rejected()),
          kept(report.withheld()),
          Text.path(report.rejected()));
    }
    NotesText notes = new NotesText(totals.notes());
    notes.tell(text);
    int resumed = report.alreadyDone() ? 0 : report.resumedPieces();
    text.about("pieces", pieces(report.pieces(), resumed));
    tellSkipped(report.skipped(), text);
    tellModel(model, text);
    text.about("tokens", tokens(totals));
    KnownTotals known = totals.known();
    if (!known.equals(KnownTotals.NONE)) {
      text.about("ledger", "%s; %,d scores added", spared(known), known.added());
    }
    unsteady(report).ifPresent(told -> text.about("bits", told));
    memory.ifPresent(plan -> text.about("memory", told(plan)));
    text.about("time", time());
    faster.flatMap(this::told).ifPresent(told -> text.about("faster", "%s", told));
    for (int i = 0; i < totals.scores().size(); i++) {
      if (totals.scores().get(i).count() > 0) {
        tell(model.shownNames().get(i), totals.scores().get(i), text);
      }
    }
    report
        .firstRow()
        .ifPresent(row -> text.line("").line("The first scored row:").line(excerpt(row)));
    notes.warn(text);
    tellNotes(totals, text);
    return text.toString();
  }

  /** What is told of pieces whose scores no ledger may have; empty if there are none. */
  public static Optional<String> unsteady(AnnotateReport report) {
    return Optional.of(report.unsteadyPieces())
        .filter(pieces -> pieces > 0)
        .map(
            pieces ->
                Text.of(
                    "%,d %s scored without a ledger: on this processor the last bits of a score"
                        + " follow what is scored with it",
                    pieces, pieces == 1 ? "piece" : "pieces"));
  }

  static String pieces(int pieces, int resumed) {
    return Text.of("%,d", pieces)
        + (resumed > 0 ? Text.of(", %,d of them done by an earlier run", resumed) : "");
  }

  /** What lies among the rejected lines. */
  static String kept(long withheld) {
    return withheld == 0
        ? "lines and reasons"
        : Text.of("lines and reasons, and of %,d lines only the reasons,", withheld);
  }

  static void tellSkipped(SkippedFiles skipped, Text text) {
    if (skipped.count() > 0) {
      text.about("skipped", "%s", skipped.told());
    }
  }

  /** What must be read before a result is believed. */
  static void warn(ModelReading reading, Text text) {
    for (String warning : reading.warnings()) {
      text.line("Warning: %s", warning).line("");
    }
  }

  static void tellModel(ModelDescription model, Text text) {
    text.about("model", "%s (%s, %s)", model.path(), model.architecture(), model.precision());
    tellReading(model.reading(), text);
  }

  /** How the model's folder was understood. */
  static void tellReading(ModelReading reading, Text text) {
    if (!reading.readOut().isEmpty()) {
      text.about("reward", "%s", reading.readOut());
    }
    if (!reading.tokenizerDifferences().isEmpty()) {
      text.about("tokenizer", "%s", tokenizer(reading));
    }
    for (String note : reading.notes()) {
      text.about("note", "%s", note);
    }
  }

  private static String tokenizer(ModelReading reading) {
    String differences = String.join("; ", reading.tokenizerDifferences());
    return reading.tokenizer().equals("file")
        ? "tokenizer.json as it stands; transformers 5.23 would rebuild it: " + differences
        : "rebuilt as transformers 5.23 does: "
            + differences
            + " (--tokenizer file takes tokenizer.json as it stands)";
  }

  private String tokens(AnnotationTotals totals) {
    double seconds = report.seconds().total();
    String rate =
        seconds > 0 && !report.alreadyDone()
            ? Text.of(", %,.0f a second", totals.presentedTokens() / seconds)
            : "";
    return Text.of(
        "%,d presented, %,d computed%s", totals.presentedTokens(), totals.computedTokens(), rate);
  }

  static String spared(KnownTotals known) {
    return Text.of(
        "%,d rows known, %,d conversations, %,d tokens not computed",
        known.rows(), known.prompts(), known.tokens());
  }

  static String told(MemoryPlan plan) {
    return Text.of(
        "up to %,d MiB of %,d planned, for loads of %,d tokens; a conversation may have %,d",
        plan.bytesFor(plan.loadTokens()) >> 20,
        plan.budget() >> 20,
        plan.loadTokens(),
        plan.mostTokens());
  }

  /** Empty where it would save less than a second. */
  private Optional<String> told(FasterProducts products) {
    double forward = report.seconds().forward();
    double saved = products.mostSaved(forward);
    return saved < 1 || report.alreadyDone()
        ? Optional.empty()
        : Optional.of(
            Text.of(
                "%s would save up to %.1f of these %.1f s forward: this processor's own bf16 products"
                    + " are %.1f times as fast at the model's shapes; scores differ (docs/fidelity.md)",
                products.flag(), saved, forward, products.times()));
  }

  private String time() {
    AnnotateReport.Seconds seconds = report.seconds();
    return Text.of(
        "%.1f s (load %.1f, prepare %.1f, forward %.1f)%s",
        seconds.total(),
        seconds.load(),
        seconds.prepare(),
        seconds.forward(),
        afterSpark(report.alreadyDone(), sparkSeconds));
  }

  /** The time beside it is then an earlier run's, which another start came before. */
  static String afterSpark(boolean alreadyDone, double sparkSeconds) {
    return alreadyDone ? "" : Text.of(", after %.1f s to start Spark", sparkSeconds);
  }

  private static void tell(String attribute, ScoreDistribution scores, Text text) {
    List<Long> labels = scores.labels();
    text.line("")
        .line(
            "  %s: mean %.3f, standard deviation %.3f, from %.3f to %.3f%s",
            attribute,
            scores.mean(),
            scores.deviation(),
            scores.min(),
            scores.max(),
            labels.isEmpty() ? "" : " before rounding; the labels:");
    List<ScoreDistribution.Bar> bars = scores.bars(BARS);
    long most =
        (labels.isEmpty() ? bars.stream().map(ScoreDistribution.Bar::count) : labels.stream())
            .mapToLong(Long::longValue)
            .max()
            .orElse(1);
    if (labels.isEmpty()) {
      bars.forEach(bar -> bar(edge(bar.from()), bar.count(), most, text));
    }
    for (int label = 0; label < labels.size(); label++) {
      bar(Integer.toString(label), labels.get(label), most, text);
    }
  }

  private static void bar(String name, long count, long most, Text text) {
    int width = (int) Math.ceil((double) BAR_WIDTH * count / most);
    text.line("    %10s |%-" + BAR_WIDTH + "s %,d", name, "#".repeat(width), count);
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

  private void tellNotes(AnnotationTotals totals, Text text) {
    long values = totals.scores().stream().mapToLong(ScoreDistribution::count).sum();
    if (labels == LabelStyle.ROUNDED && totals.clampedValues() * 2 > values) {
      text.line("")
          .line(
              """
              Note: %,d of %,d values lay outside 0-4 and were clamped. An uncalibrated Bradley-Terry\
               score is not on
              the 0-4 scale; its labels say little. --labels float keeps the scores as they are,
              jobs/calibrate maps them to labels.""",
              totals.clampedValues(), values);
    }
    if (origin == ModelOrigin.DEMO) {
      text.line("")
          .line(
              "The bundled demo checkpoint demonstrates the job and is no reward model."
                  + " --model DIR takes yours.");
    }
  }
}
