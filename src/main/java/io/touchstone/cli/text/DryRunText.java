package io.touchstone.cli.text;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.settings.DeviceModel;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelWork;
import io.touchstone.scoring.pipeline.KnownTotals;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.util.Optional;

/**
 * What a dry run tells the user.
 *
 * @param memory of a replica on this machine
 * @param cost empty if there was nothing to measure with
 * @param work of the model
 * @param device to estimate for on paper
 * @param mostWritten tokens on the way to one prompt's score; 0 where none are written
 */
public record DryRunText(
    SurveyReport survey,
    ModelDescription model,
    Optional<MemoryPlan> memory,
    Optional<LoadCost> cost,
    Optional<ModelWork> work,
    Optional<DeviceModel> device,
    long mostWritten) {

  public String text() {
    Text text = new Text();
    AnnotateText.warn(model.reading(), text);
    text.line("Dry run: nothing was scored, nothing was written.").line("");
    SurveyText seen = new SurveyText(survey);
    seen.tellRows(text);
    AnnotateText.tellModel(model, text);
    text.about("tokens", tokens());
    if (mostWritten > 0) {
      text.about("writes", written());
    }
    if (!survey.known().equals(KnownTotals.NONE)) {
      text.about("ledger", ledger(survey.known()));
    }
    memory.ifPresent(plan -> text.about("memory", AnnotateText.told(plan)));
    cost.ifPresent(measured -> tellTime(measured, text));
    if (survey.known().rows() > 0 && computed() == 0) {
      text.about("time", "none in the model: every score is known");
    }
    device.ifPresent(gpu -> work.ifPresent(known -> tellOnPaper(gpu, known, text)));
    seen.tellLengths(text);
    seen.tellFirstRefusals(text);
    seen.notes().warn(text);
    return text.toString();
  }

  private String tokens() {
    double presented = survey.estimate(SurveyTotals::presentedTokens);
    double computed = computed();
    SurveyText seen = new SurveyText(survey);
    return seen.about(presented)
        + " presented, "
        + seen.about(computed)
        + (presented > 0
            ? Text.of(" computed: %.0f %% less", 100 * (1 - computed / presented))
            : " computed");
  }

  private String written() {
    double prompts = survey.estimate(totals -> totals.work().readOuts());
    SurveyText seen = new SurveyText(survey);
    return Text.of(
        "at most %,d tokens of judgements for each of %s prompts: at most %s, and only the model"
            + " knows how many",
        mostWritten, seen.about(prompts), seen.about(prompts * mostWritten));
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

  static String duration(double seconds) {
    return seconds < 60 ? Text.of("%.1f s", seconds) : ProgressLine.clock(seconds);
  }
}
