package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RowNote;
import io.touchstone.reward.Curve;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.ScoreDistribution;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Counts while lines are annotated; one thread's. */
final class TotalsCounter {

  /** Scores wait in plain lists this long before they are folded into their distributions. */
  private static final int FOLD_AT = 1_024;

  private long in;
  private long out;
  private long blank;
  private final TreeMap<String, Long> rejected = new TreeMap<>();
  private final TreeMap<String, Long> notes = new TreeMap<>();
  private long presentedTokens;
  private long computedTokens;
  private long specialTokensInText;
  private long prepareNanos;
  private long forwardNanos;
  private long clampedValues;
  private KnownTotals known = KnownTotals.NONE;
  private final List<List<Float>> recent = new ArrayList<>();
  private final List<ScoreDistribution> scores = new ArrayList<>();
  private final List<long[]> labels = new ArrayList<>();

  void read(Load load) {
    in += load.lines().size();
    blank += load.blank();
    prepareNanos += load.prepareNanos();
  }

  void computed(LoadResult result) {
    computedTokens += result.computedTokens();
    forwardNanos += result.forwardNanos();
  }

  void rejected(Rejected why) {
    rejected.merge(why.kind(), 1L, Long::sum);
  }

  /**
   * @param added scores of the row that were not known before, and now are
   */
  void recalled(RecalledRow row, int added) {
    known = known.plus(row.totals(added));
  }

  void scored(List<RowNote> noted, RecalledRow row, Scored scored, RewardText text) {
    out++;
    noted.forEach(note -> notes.merge(note.name(), 1L, Long::sum));
    presentedTokens += row.counts().presentedTokens();
    specialTokensInText += row.counts().specialTokensInText();
    for (Reward reward : scored.rewards()) {
      clampedValues += text.clamped(reward);
      float[] values = reward.values();
      while (recent.size() < values.length) {
        recent.add(new ArrayList<>());
        scores.add(ScoreDistribution.EMPTY);
      }
      for (int i = 0; i < values.length; i++) {
        recent.get(i).add(values[i]);
      }
      count(text.labels(reward));
    }
    if (!recent.isEmpty() && recent.get(0).size() >= FOLD_AT) {
      fold();
    }
  }

  AnnotationTotals totals() {
    fold();
    return new AnnotationTotals(
        in,
        out,
        blank,
        rejected,
        notes,
        presentedTokens,
        computedTokens,
        specialTokensInText,
        prepareNanos,
        forwardNanos,
        clampedValues,
        IntStream.range(0, scores.size()).mapToObj(this::scores).toList(),
        known);
  }

  private void count(int[] ofAttributes) {
    for (int i = 0; i < ofAttributes.length; i++) {
      if (labels.size() == i) {
        labels.add(new long[(int) Curve.HIGHEST + 1]);
      }
      labels.get(i)[ofAttributes[i]]++;
    }
  }

  private ScoreDistribution scores(int attribute) {
    ScoreDistribution all = scores.get(attribute);
    return attribute < labels.size()
        ? all.labelled(Arrays.stream(labels.get(attribute)).boxed().toList())
        : all;
  }

  private void fold() {
    for (int i = 0; i < recent.size(); i++) {
      scores.set(i, scores.get(i).plus(ScoreDistribution.of(recent.get(i))));
      recent.get(i).clear();
    }
  }
}
