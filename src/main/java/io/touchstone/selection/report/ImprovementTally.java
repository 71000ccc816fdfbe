package io.touchstone.selection.report;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.selection.statistics.Moments;
import io.touchstone.selection.statistics.SignTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Takes in rows whose edits were scored, one after another, in memory that does not grow with their
 * number.
 */
public final class ImprovementTally {
  private static final int BEFORE = 0;
  private static final int AFTER = 1;
  private static final String EDIT = "edit";
  private static final String RESPONSE = "response";

  private final Tally.Settings settings;
  private final String praise;
  private final Function<String, Map<String, Integer>> keywords;

  private final SourceScores rows = new SourceScores(2, Tally.MOST_IN_SAMPLE);
  private final SourceScores responses = new SourceScores(1, Tally.MOST_IN_SAMPLE);
  private final SortedMap<String, Long> wins = new TreeMap<>(Map.of(EDIT, 0L, RESPONSE, 0L));
  private final Moments gains = new Moments();
  private final Moments losses = new Moments();
  private final Moments differences = new Moments();
  private final Moments responseLengths = new Moments();
  private final Moments editLengths = new Moments();
  private final Moments feedbackLengths = new Moments();
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final List<Improvement.Example> examples = new ArrayList<>();
  private long unchanged;
  private long withoutEdit;
  private long rowsWithFeedback;
  private long praises;
  private long withKeyword;

  /**
   * @param praise how feedback begins that finds nothing to improve
   * @param keywords how often each stands in a feedback
   */
  public ImprovementTally(
      Tally.Settings settings, String praise, Function<String, Map<String, Integer>> keywords) {
    this.settings = settings;
    this.praise = praise;
    this.keywords = keywords;
  }

  /**
   * @param file the part in which the line stands
   * @param number of the line, from 1
   * @throws RowProblem if the line is no such row
   */
  public void add(byte[] line, String file, long number) {
    ImprovedRow row = ImprovedRow.read(line);
    String stage = row.stage();
    double before = row.reward(row.best());
    double after = row.reward();
    wins.merge(stage, 1L, Long::sum);
    rows.add(new double[] {before, after}, 0);
    for (int i = 0; i < row.responses(); i++) {
      if (!row.rewards().get(i).isNull()) {
        responses.add(new double[] {row.reward(i)}, 0);
      }
    }
    addFeedback(row.feedback());
    Optional<Integer> best =
        row.changed().stream().max(Comparator.comparingDouble((Integer edit) -> row.reward(edit)));
    if (best.isPresent()) {
      addPair(row, best.get(), before, file, number);
    } else if (row.responses() < row.answers().size()
        && row.rewards().subList(row.responses(), row.answers().size()).stream()
            .anyMatch(reward -> !reward.isNull())) {
      unchanged++;
    } else {
      withoutEdit++;
    }
  }

  private void addPair(ImprovedRow row, int edit, double before, String file, long number) {
    double difference = row.reward(edit) - before;
    differences.add(difference);
    if (difference > 0) {
      gains.add(difference);
    } else if (difference < 0) {
      losses.add(-difference);
    }
    responseLengths.add(characters(row.text(row.best())));
    editLengths.add(characters(row.text(edit)));
    if (settings.texts() == Texts.SHOWN && difference > 0) {
      keep(
          new Improvement.Example(
              file,
              number,
              before,
              row.reward(edit),
              quoted(row.question()),
              quoted(row.text(row.best())),
              quoted(row.text(edit))));
    }
  }

  private String quoted(String text) {
    String quoted = settings.texts().quoted(text);
    return quoted == null ? "" : quoted;
  }

  private void keep(Improvement.Example example) {
    examples.add(example);
    if (examples.size() > 2 * settings.extremes() + 1) {
      cutExamples();
    }
  }

  /** The sort is stable: of equal gains the first rows stay. */
  private void cutExamples() {
    examples.sort(Comparator.comparingDouble((Improvement.Example of) -> of.before() - of.after()));
    examples.subList(Math.min(settings.extremes(), examples.size()), examples.size()).clear();
  }

  private void addFeedback(List<String> comments) {
    rowsWithFeedback += comments.isEmpty() ? 0 : 1;
    for (String comment : comments) {
      feedbackLengths.add(characters(comment));
      praises += comment.startsWith(praise) ? 1 : 0;
      int all = 0;
      for (Map.Entry<String, Integer> keyword : keywords.apply(comment).entrySet()) {
        counts.merge(keyword.getKey(), (long) keyword.getValue(), Long::sum);
        all += keyword.getValue();
      }
      withKeyword += all > 0 ? 1 : 0;
    }
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Empty before the first row. */
  public Optional<Improvement> figures() {
    if (rows.count() == 0) {
      return Optional.empty();
    }
    cutExamples();
    long pairs = differences.count();
    return Optional.of(
        new Improvement(
            responses.distribution(0),
            rows.distribution(BEFORE),
            rows.distribution(AFTER),
            Histogram.of(rows.scores(AFTER), Optional.of(rows.scores(BEFORE))),
            wins,
            pairs == 0
                ? null
                : new Improvement.Pairs(
                    pairs,
                    gains.count(),
                    pairs - gains.count() - losses.count(),
                    losses.count(),
                    gains.mean(),
                    losses.mean(),
                    differences.mean(),
                    SignTest.pValue(gains.count(), losses.count()),
                    responseLengths.mean(),
                    editLengths.mean()),
            unchanged,
            withoutEdit,
            new Improvement.Feedback(
                rowsWithFeedback,
                feedbackLengths.count(),
                praises,
                counts,
                withKeyword,
                feedbackLengths.mean()),
            List.of(),
            examples,
            rows.isWhole()));
  }
}
