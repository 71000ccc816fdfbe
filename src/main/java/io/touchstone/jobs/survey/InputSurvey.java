package io.touchstone.jobs.survey;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.files.read.LineIterator;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.problem.JobException;
import io.touchstone.progress.JobProgress;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.pipeline.Survey;
import io.touchstone.scoring.pipeline.SurveyTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** Looks at the rows of a plan, or at a sample of them, without Spark and without scoring. */
public final class InputSurvey {

  /** To measure with: minutes on a CPU for a layer of the largest models. */
  private static final int EXAMPLE_TOKENS = 2_048;

  /** How much is read. */
  public enum Extent {
    SAMPLE,
    ALL
  }

  private final AnnotatePlan plan;
  private final Configuration hadoop;
  private final Scorer scorer;
  private final Set<PromptKey> met = ConcurrentHashMap.newKeySet();

  public InputSurvey(AnnotatePlan plan, Configuration hadoop, Scorer scorer) {
    this.plan = plan;
    this.hadoop = hadoop;
    this.scorer = scorer;
  }

  /** A place that was read, and rows of it to measure the model with. */
  private record Seen(SurveyReport.Place place, List<PreparedRow> examples) {}

  /**
   * Reads on every core of the machine.
   *
   * @param progress called twice a second by a thread of its own
   * @throws JobException if an input cannot be read
   */
  public SurveyReport run(Extent extent, Consumer<JobProgress> progress) {
    SurveyedInput input = SurveyedInput.of(plan);
    SurveyedInput.Places read = input.places(extent);
    List<Piece> places = read.places();
    SurveyProgress standing = new SurveyProgress(read.bytes());
    int ofEach =
        EXAMPLE_TOKENS / Math.max(1, Math.min(places.size(), SurveyedInput.SAMPLED_PLACES));
    List<Callable<Seen>> looks = new ArrayList<>();
    for (int p = 0; p < places.size(); p++) {
      Piece place = places.get(p);
      boolean gives = p % (places.size() / SurveyedInput.SAMPLED_PLACES + 1) == 0;
      Survey survey = survey(place, gives ? ofEach : 0);
      looks.add(() -> look(place, read.mostRows(), survey, standing));
    }
    List<SurveyReport.Place> seen = new ArrayList<>();
    List<PreparedRow> examples = new ArrayList<>();
    for (Seen found : PlaceReaders.all(looks, standing, progress)) {
      seen.add(found.place);
      examples.addAll(found.examples);
    }
    return SurveyReport.of(input, seen, some(examples));
  }

  private Survey survey(Piece place, int exampleTokens) {
    RowFormat format = Objects.requireNonNull(place.file().format(), "a piece with rows");
    return new Survey(
        scorer,
        new RowReader(format, plan.config().rules(), plan.config().writing().fields())::read,
        plan.config().groupBytes(),
        exampleTokens,
        met);
  }

  private Seen look(Piece place, int mostRows, Survey survey, SurveyProgress standing)
      throws IOException {
    try (KnownScores known = plan.config().ledger().open(plan.model(), scorer::confirm, hadoop);
        LineSource lines = LineSource.of(place, plan.config().reading().maxLineBytes(), hadoop)) {
      LineIterator first = new LineIterator(lines, mostRows);
      AtomicLong told = new AtomicLong();
      SurveyTotals totals =
          survey.of(
              first,
              known,
              load -> standing.add(load, lines.inputBytes() - told.getAndSet(lines.inputBytes())));
      standing.add(SurveyTotals.NONE, place.bytes() - told.get());
      long read = first.isCut() ? Math.min(lines.inputBytes(), place.bytes()) : place.bytes();
      return new Seen(new SurveyReport.Place(place, totals, read), survey.examples());
    }
  }

  /** Rows of any place, the same ones each time, until they are enough. */
  private static List<PreparedRow> some(List<PreparedRow> examples) {
    List<PreparedRow> order = new ArrayList<>(examples);
    Collections.shuffle(order, new Random(0));
    List<PreparedRow> some = new ArrayList<>();
    int tokens = 0;
    for (PreparedRow row : order) {
      if (tokens < EXAMPLE_TOKENS) {
        some.add(row);
        tokens += row.distinctTokens();
      }
    }
    return some;
  }
}
