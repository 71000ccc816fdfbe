package io.touchstone.cli.text;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.settings.DeviceModel;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelWork;
import io.touchstone.scoring.pipeline.KnownTotals;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a dry run tells the user.
 *
 * @param memory of a replica on this machine
 * @param cost empty if there was nothing to measure with
 * @param work of the model
 * @param device to estimate for on paper
 */
public record DryRunText(
    SurveyReport survey,
    ModelDescription model,
    Optional<MemoryPlan> memory,
    Optional<LoadCost> cost,
    Optional<ModelWork> work,
    Optional<DeviceModel> device) {

  public String text() {
    Text text = new Text();
    AnnotateText.warn(model.reading(), text);
    text.line("Dry run: nothing was scored, nothing was written.").line("");
    text.about("read", read());
    AnnotateText.tellSkipped(survey.skipped(), text);
    text.about("rows", rows());
    refusals().ifPresent(kinds -> text.about("rejected", kinds));
    NotesText notes = new NotesText(notes());
    notes.tell(text);
    AnnotateText.tellModel(model, text);
    text.about("tokens", tokens());
    if (!survey.known().equals(KnownTotals.NONE)) {
      text.about("ledger", ledger(survey.known()));
    }
    memory.ifPresent(plan -> text.about("memory", AnnotateText.told(plan)));
    cost.ifPresent(measured -> tellTime(measured, text));
    if (survey.known().rows() > 0 && computed() == 0) {
      text.about("time", "none in the model: every score is known");
    }
    device.ifPresent(gpu -> work.ifPresent(known -> tellOnPaper(gpu, known, text)));
    tellLengths(text);
    tellFirstRefusals(text);
    notes.warn(text);
    return text.toString();
  }

  private String read() {
    return survey.isComplete()
        ? Text.of("all %,d bytes", survey.bytes())
        : Text.of(
            "%,d rows, %,d of %,d bytes from places spread evenly; what follows is estimated from"
                + " them (--dry-run=full reads all)",
            survey.read().in(), survey.bytesRead(), survey.bytes());
  }

  private String rows() {
    String byFormat =
        survey.formats().entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Comparator.comparing(DryRunText::place)))
            .map(
                each ->
                    Text.of(
                        "%,.0f %s",
                        each.getValue().estimate(SurveyTotals::in), each.getKey().word()))
            .collect(Collectors.joining(", "));
    return about(survey.estimate(SurveyTotals::in)) + " in: " + byFormat;
  }

  private static int place(RowFormat format) {
    return RowFormat.named(format.word()).map(FormatTable.ALL::indexOf).orElse(-1);
  }

  private Optional<String> refusals() {
    List<String> kinds = new ArrayList<>();
    for (String kind : survey.read().refusals().keySet()) {
      kinds.add(about(survey.estimate(totals -> refused(totals, kind))) + " " + kind);
    }
    return kinds.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", kinds));
  }

  /** What a job would note; of a sample an estimate. */
  private SortedMap<String, Long> notes() {
    SortedMap<String, Long> notes = new TreeMap<>();
    for (String name : survey.read().notes().keySet()) {
      notes.put(name, Math.round(survey.estimate(totals -> totals.notes().getOrDefault(name, 0L))));
    }
    return notes;
  }

  private static double refused(SurveyTotals totals, String kind) {
    SurveyTotals.Refusals found = totals.refusals().get(kind);
    return found == null ? 0 : found.count();
  }

  private String tokens() {
    double presented = survey.estimate(SurveyTotals::presentedTokens);
    double computed = computed();
    return about(presented)
        + " presented, "
        + about(computed)
        + (presented > 0
            ? Text.of(" computed: %.0f %% less", 100 * (1 - computed / presented))
            : " computed");
  }

  private String ledger(KnownTotals known) {
    return (survey.isComplete() ? "" : "about ")
        + AnnotateText.spared(known)
        + Text.of("; %,d scores to add", known.added());
  }

  private double computed() {
    return survey.estimate(SurveyTotals::computedTokens);
  }

  private double loads() {
    double tokens = memory.map(MemoryPlan::loadTokens).orElse(Integer.MAX_VALUE);
    // A piece of which all is known has none.
    double pieces = Math.min(survey.pieces(), survey.estimate(totals -> totals.work().readOuts()));
    return Math.max(pieces, Math.ceil(computed() / tokens));
  }

  private void tellTime(LoadCost measured, Text text) {
    text.about(
        "time",
        "about %s on one replica like this machine's, once it stands",
        duration(measured.seconds(loads(), computed())));
    text.about(
        "",
        "  %,.0f loads, %s each to bring all weights",
        loads(),
        duration(measured.secondsPerLoad()));
    text.about(
        "",
        "  %,.0f computed tokens a second (%,d were run through %d of %d layers)",
        1 / measured.secondsPerToken(),
        measured.tokens(),
        measured.measuredLayers(),
        measured.layers());
    text.about(
        "",
        "  beside it one thread renders and tokenizes for %s",
        duration(survey.estimate(SurveyTotals::prepareNanos) / 1e9));
  }

  private void tellOnPaper(DeviceModel gpu, ModelWork known, Text text) {
    double flop =
        known.linear(computed(), survey.estimate(totals -> totals.work().readOuts()))
            + known.attention(
                survey.estimate(totals -> totals.work().pairs()),
                survey.estimate(totals -> totals.work().readOutPairs()));
    DeviceModel.Work job = new DeviceModel.Work(flop, known.weightBytes(), loads());
    text.about(Readers.word(gpu), "about %s on one of them, on paper:", duration(gpu.seconds(job)));
    text.about("", "  %s", gpu.formula(job));
  }

  private static String duration(double seconds) {
    return seconds < 60 ? Text.of("%.1f s", seconds) : ProgressLine.clock(seconds);
  }

  private void tellLengths(Text text) {
    TreeMap<Integer, Double> counts = new TreeMap<>();
    for (Integer length : survey.read().lengths().keySet()) {
      counts.put(length, survey.estimate(totals -> totals.lengths().getOrDefault(length, 0L)));
    }
    if (counts.isEmpty()) {
      return;
    }
    LengthHistogram lengths = new LengthHistogram(counts);
    text.line("")
        .line(
            "  tokens of a prompt: half have at most %,d, 90 %% %,d, 99 %% %,d; the longest %s has"
                + " %,d",
            lengths.quantile(0.5),
            lengths.quantile(0.9),
            lengths.quantile(0.99),
            survey.isComplete() ? "one" : "read",
            counts.lastKey())
        .add(lengths.bars());
  }

  private void tellFirstRefusals(Text text) {
    survey
        .read()
        .refusals()
        .forEach(
            (kind, found) ->
                text.line("")
                    .line("  the first %s: %s", kind, Text.path(found.source()))
                    .line("    byte %d: %s", found.offset(), found.reason()));
  }

  private String about(double count) {
    return (survey.isComplete() ? "" : "about ") + Text.of("%,.0f", count);
  }
}
