package io.touchstone.cli.text;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Text;
import io.touchstone.cli.settings.DeviceModel;
import io.touchstone.cli.settings.GenerationOnPaper;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.GenerationWork;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.util.Map;
import java.util.Optional;

/**
 * What a dry run of a generation tells the user: what is bound by what was asked, and on paper how
 * long it may take. Nothing is measured: how long answers become only the model knows.
 *
 * @param memory of a replica on this machine; empty for a server
 * @param work of the model; empty if it is not known
 * @param device to estimate for
 */
public record GenerateDryRunText(
    SurveyReport survey,
    GeneratorDescription generator,
    Optional<GenerationMemory> memory,
    Optional<GenerationWork> work,
    Optional<DeviceModel> device) {

  public String text() {
    Text text = new Text();
    AnnotateText.warn(generator.reading(), text);
    text.line("Dry run: nothing was answered, nothing was written.").line("");
    SurveyText seen = new SurveyText(survey);
    seen.tellRows(text);
    GenerateText.tellModel(generator, text);
    boolean counted = survey.read().presentedTokens() > 0;
    text.about(
        "prompts",
        "%s",
        counted
            ? seen.about(prompts()) + " tokens, computed once for all samples of a row"
            : "of tokens that only the server counts");
    text.about(
        "answers",
        "%s of at most %,d tokens: at most %s tokens are generated",
        seen.about(answers()),
        maxNewTokens(),
        seen.about(generated()));
    memory.ifPresent(plan -> tellMemory(plan, text));
    device.ifPresent(gpu -> work.ifPresent(known -> tellOnPaper(gpu, known, text)));
    if (counted) {
      seen.tellLengths(text);
    }
    seen.tellFirstRefusals(text);
    seen.notes().warn(text);
    return text.toString();
  }

  private int maxNewTokens() {
    return number("max-new-tokens", 1);
  }

  private int samples() {
    return number("samples", 1);
  }

  /** Of the settings as they hold, where a generator tells them. */
  private int number(String name, int otherwise) {
    String value = generator.effective().getOrDefault(name, "");
    return value.matches("\\d{1,9}") ? Integer.parseInt(value) : otherwise;
  }

  /** Rows that would be answered. */
  private double rows() {
    return survey.estimate(totals -> totals.work().readOuts());
  }

  private double answers() {
    return rows() * samples();
  }

  private double generated() {
    return answers() * maxNewTokens();
  }

  private double prompts() {
    return survey.estimate(SurveyTotals::presentedTokens);
  }

  /** Of prompt and answer together, at their longest. */
  private double context() {
    return maxNewTokens() + (rows() == 0 ? 0 : prompts() / rows());
  }

  private void tellMemory(GenerationMemory plan, Text text) {
    double bytes = 0;
    double all = 0;
    for (Map.Entry<Integer, Long> length : survey.read().lengths().entrySet()) {
      bytes += (double) length.getValue() * plan.bytes(length.getKey() + maxNewTokens());
      all += length.getValue();
    }
    if (all == 0) {
      return;
    }
    double each = bytes / all;
    long alive = (long) Math.min(Math.floor(plan.forSequences() / each), answers());
    text.about(
        "memory",
        "%,d MiB, of which %,d are left to answers under way on a replica like this machine's:",
        plan.budget() >> 20,
        plan.forSequences() >> 20);
    text.about(
        "",
        "  %,d of them together if all are as long as allowed (%,.0f KiB each), more where they end"
            + " early or share their prompt",
        alive,
        each / 1_024);
    text.about(
        "",
        "  about %,.0f passes of the model then: %s answers / %,d together x %,d tokens",
        Math.ceil(answers() / Math.max(1, alive)) * maxNewTokens(),
        new SurveyText(survey).about(answers()),
        alive,
        maxNewTokens());
  }

  private void tellOnPaper(DeviceModel gpu, GenerationWork known, Text text) {
    GenerationOnPaper paper = new GenerationOnPaper(gpu, known, context(), answers());
    double seconds = paper.seconds(generated(), prompts());
    text.about(
        Readers.word(gpu),
        "%s",
        Double.isFinite(seconds)
            ? Text.of(
                "at most about %s on one of them, on paper, if all answers are as long as allowed:",
                DryRunText.duration(seconds))
            : "on paper:");
    text.about("", "  %s", paper.formula());
  }
}
