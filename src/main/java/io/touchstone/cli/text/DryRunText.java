package io.touchstone.cli.text;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.settings.DeviceModel;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelWork;
import io.touchstone.scoring.pipeline.KnownTotals;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a dry run tells the user.
 *
 * @param model as the summary of a real run names it
 * @param memory of a replica on this machine
 * @param cost empty if there was nothing to measure with
 * @param work of the model
 * @param device to estimate for on paper
 */
public record DryRunText(
    SurveyReport survey,
    String model,
    Optional<MemoryPlan> memory,
    Optional<LoadCost> cost,
    Optional<ModelWork> work,
    Optional<DeviceModel> device) {

  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("Dry run: nothing was scored, nothing was written.");
    lines.add("");
    lines.add("  read      " + read());
    lines.add("  rows      " + rows());
    refusals().ifPresent(text -> lines.add("  rejected  " + text));
    lines.add("  model     " + model);
    lines.add("  tokens    " + tokens());
    if (!survey.known().equals(KnownTotals.NONE)) {
      lines.add("  ledger    " + ledger(survey.known()));
    }
    memory.ifPresent(plan -> lines.add("  memory    " + Summary.memory(plan)));
    cost.ifPresent(measured -> lines.addAll(time(measured)));
    if (survey.known().rows() > 0 && computed() == 0) {
      lines.add("  time      none in the model: every score is known");
    }
    device.ifPresent(gpu -> work.ifPresent(known -> lines.addAll(onPaper(gpu, known))));
    lines.addAll(lengths());
    lines.addAll(firstRefusals());
    return String.join("\n", lines) + "\n";
  }

  private String read() {
    return survey.isComplete()
        ? format("all %,d bytes", survey.bytes())
        : format(
            "%,d rows, %,d of %,d bytes from places spread evenly; what follows is estimated from"
                + " them (--dry-run=full reads all)",
            survey.read().in(), survey.bytesRead(), survey.bytes());
  }

  private String rows() {
    String byFormat =
        survey.formats().entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Comparator.comparing(RowFormat.ALL::indexOf)))
            .map(
                each ->
                    format(
                        "%,.0f %s",
                        each.getValue().estimate(SurveyTotals::in), each.getKey().word()))
            .collect(Collectors.joining(", "));
    return about(survey.estimate(SurveyTotals::in)) + " in: " + byFormat;
  }

  private Optional<String> refusals() {
    List<String> kinds = new ArrayList<>();
    for (String kind : survey.read().refusals().keySet()) {
      kinds.add(about(survey.estimate(totals -> refused(totals, kind))) + " " + kind);
    }
    return kinds.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", kinds));
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
            ? format(" computed: %.0f %% less", 100 * (1 - computed / presented))
            : " computed");
  }

  private String ledger(KnownTotals known) {
    return (survey.isComplete() ? "" : "about ")
        + Summary.spared(known)
        + format("; %,d scores to add", known.added());
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

  private List<String> time(LoadCost measured) {
    return List.of(
        "  time      about "
            + duration(measured.seconds(loads(), computed()))
            + " on one replica like this machine's, once it stands",
        format(
            "              %,.0f loads, %s each to bring all weights",
            loads(), duration(measured.secondsPerLoad())),
        format(
            "              %,.0f computed tokens a second (%,d were run through %d of %d layers)",
            1 / measured.secondsPerToken(),
            measured.tokens(),
            measured.measuredLayers(),
            measured.layers()),
        "              beside it one thread renders and tokenizes for "
            + duration(survey.estimate(SurveyTotals::prepareNanos) / 1e9));
  }

  private List<String> onPaper(DeviceModel gpu, ModelWork known) {
    double flop =
        known.linear(computed(), survey.estimate(totals -> totals.work().readOuts()))
            + known.attention(
                survey.estimate(totals -> totals.work().pairs()),
                survey.estimate(totals -> totals.work().readOutPairs()));
    DeviceModel.Work job = new DeviceModel.Work(flop, known.weightBytes(), loads());
    return List.of(
        format(
            "  %-10sabout %s on one of them, on paper:",
            Readers.word(gpu), duration(gpu.seconds(job))),
        "              " + gpu.formula(job));
  }

  private static String duration(double seconds) {
    return seconds < 60 ? format("%.1f s", seconds) : ProgressLine.clock(seconds);
  }

  private List<String> lengths() {
    TreeMap<Integer, Double> counts = new TreeMap<>();
    for (Integer length : survey.read().lengths().keySet()) {
      counts.put(length, survey.estimate(totals -> totals.lengths().getOrDefault(length, 0L)));
    }
    if (counts.isEmpty()) {
      return List.of();
    }
    LengthHistogram lengths = new LengthHistogram(counts);
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        format(
            "  tokens of a prompt: half have at most %,d, 90 %% %,d, 99 %% %,d; the longest %s has"
                + " %,d",
            lengths.quantile(0.5),
            lengths.quantile(0.9),
            lengths.quantile(0.99),
            survey.isComplete() ? "one" : "read",
            counts.lastKey()));
    lines.addAll(lengths.bars());
    return lines;
  }

  private List<String> firstRefusals() {
    List<String> lines = new ArrayList<>();
    survey
        .read()
        .refusals()
        .forEach(
            (kind, found) -> {
              lines.add("");
              lines.add("  the first " + kind + ": " + Summary.asTyped(found.source()));
              lines.add("    byte " + found.offset() + ": " + found.reason());
            });
    return lines;
  }

  private String about(double count) {
    return (survey.isComplete() ? "" : "about ") + format("%,.0f", count);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
