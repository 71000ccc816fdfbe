package io.touchstone.jobs.survey;

import io.touchstone.conversation.format.ParsedPrompt;
import io.touchstone.conversation.format.PromptRow;
import io.touchstone.conversation.format.PromptSource;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.files.read.LineIterator;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.generation.Generator;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.jobs.generate.GeneratePlan;
import io.touchstone.problem.JobException;
import io.touchstone.progress.JobProgress;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Looks at the rows of a generate plan, or at a sample of them, without Spark and without answering
 * any: what would be rejected before the model sees it, and how long prompts are.
 */
public final class PromptSurvey {
  private static final int TOLD_EVERY = 64;

  /** As the job calls it. */
  private static final String FAILED = "generator-failed";

  private final GeneratePlan plan;
  private final Configuration hadoop;
  private final Generator generator;

  public PromptSurvey(GeneratePlan plan, Configuration hadoop, Generator generator) {
    this.plan = plan;
    this.hadoop = hadoop;
    this.generator = generator;
  }

  /**
   * Reads on every core of the machine.
   *
   * @param progress called twice a second by a thread of its own
   * @throws JobException if an input cannot be read
   */
  public SurveyReport run(InputSurvey.Extent extent, Consumer<JobProgress> progress) {
    SurveyedInput input = SurveyedInput.of(plan);
    SurveyedInput.Places read = input.places(extent);
    SurveyProgress standing = new SurveyProgress(read.bytes());
    List<Callable<SurveyReport.Place>> looks = new ArrayList<>();
    for (Piece place : read.places()) {
      looks.add(() -> look(place, read.mostRows(), standing));
    }
    return SurveyReport.of(input, PlaceReaders.all(looks, standing, progress), List.of());
  }

  private SurveyReport.Place look(Piece place, int mostRows, SurveyProgress standing)
      throws IOException {
    PromptSource reader =
        plan.config()
            .prompts()
            .source(Objects.requireNonNull(place.file().format(), "a piece with rows"));
    SurveyTotals totals = SurveyTotals.NONE;
    SurveyTotals untold = SurveyTotals.NONE;
    long toldBytes = 0;
    try (LineSource lines = LineSource.of(place, plan.config().reading().maxLineBytes(), hadoop)) {
      LineIterator first = new LineIterator(lines, mostRows);
      while (first.hasNext()) {
        untold = untold.plus(of(first.next(), reader));
        if (untold.in() == TOLD_EVERY || !first.hasNext()) {
          standing.add(untold, lines.inputBytes() - toldBytes);
          toldBytes = lines.inputBytes();
          totals = totals.plus(untold);
          untold = SurveyTotals.NONE;
        }
      }
      standing.add(SurveyTotals.NONE, place.bytes() - toldBytes);
      totals = totals.plus(untold);
      long read = first.isCut() ? Math.min(lines.inputBytes(), place.bytes()) : place.bytes();
      return new SurveyReport.Place(place, totals, read);
    }
  }

  private SurveyTotals of(RawLine line, PromptSource reader) {
    if (line.isBlank()) {
      return SurveyTotals.ofBlank();
    }
    if (line instanceof RawLine.TooLong tooLong) {
      return refused(line, tooLong.malformed().kind(), tooLong.malformed().reason());
    }
    try {
      return of(line, reader.read(line.bytes()));
    } catch (RuntimeException | StackOverflowError e) {
      return refused(line, FAILED, e.getClass().getSimpleName() + " while the line was read");
    }
  }

  private SurveyTotals of(RawLine line, ParsedPrompt parsed) {
    if (parsed instanceof ParsedPrompt.Unanswerable bad) {
      return refused(line, bad.why().kind(), bad.why().reason());
    }
    if (parsed instanceof ParsedPrompt.Unasked unasked) {
      return SurveyTotals.ofUnasked(counts(unasked.notes()));
    }
    PromptRow row = (PromptRow) parsed;
    Prompt prompt =
        new Prompt(line.offset(), row.conversation(), row.beginning().isPresent(), row.id());
    PromptPreparation preparation = generator.prepare(prompt);
    if (preparation instanceof PromptPreparation.Unpreparable bad) {
      Rejected why = bad.rejected();
      return refused(line, why.kind(), why.reason());
    }
    int tokens = ((PromptPreparation.PreparedPrompt) preparation).ids().length;
    return SurveyTotals.ofPrompt(tokens, counts(row.notes()));
  }

  private static SortedMap<String, Long> counts(List<RowNote> notes) {
    SortedMap<String, Long> counts = new TreeMap<>();
    notes.forEach(note -> counts.merge(note.name(), 1L, Long::sum));
    return counts;
  }

  private static SurveyTotals refused(RawLine line, String kind, String reason) {
    return SurveyTotals.ofRefusal(
        kind, new SurveyTotals.Refusals(1, line.source(), line.offset(), reason));
  }
}
