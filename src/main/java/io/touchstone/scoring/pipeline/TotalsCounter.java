package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RowNote;
import io.touchstone.reward.Curve;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.ScoreDistribution;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Votes;
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

  /**
   * Values for principles of the row's own are counted together, behind those of the call's names.
   */
  void scored(PendingLine.ToScore row, Scored scored, RewardText ofCall) {
    out++;
    row.row().notes().forEach(note -> notes.merge(note.name(), 1L, Long::sum));
    presentedTokens += row.recalled().counts().presentedTokens();
    specialTokensInText += row.recalled().counts().specialTokensInText();
    boolean own = row.row().principles().isPresent();
    RewardText text = RowText.textOf(row.row(), ofCall);
    for (Reward reward : scored.rewards()) {
      for (Votes votes : reward.votes()) {
        note(RowNote.Kind.MISSING_JUDGEMENT, votes.missing());
        note(RowNote.Kind.OTHER_TOKEN, votes.astray());
      }
      clampedValues += text.clamped(reward);
      float[] values = reward.values();
      int[] ofValues = text.labels(reward);
      for (int i = 0; i < values.length; i++) {
        int place = own ? ofCall.attributes().names().size() : i;
        recent(place).add(values[i]);
        if (ofValues.length > 0) {
          count(place, ofValues[i]);
        }
      }
    }
    if (recent.stream().anyMatch(some -> some.size() >= FOLD_AT)) {
      fold();
    }
  }

  private void note(RowNote.Kind kind, int judgements) {
    if (judgements > 0) {
      notes.merge(kind.word(), (long) judgements, Long::sum);
    }
  }

  private List<Float> recent(int place) {
    while (recent.size() <= place) {
      recent.add(new ArrayList<>());
      scores.add(ScoreDistribution.EMPTY);
    }
    return recent.get(place);
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

  private void count(int place, int label) {
    while (labels.size() <= place) {
      labels.add(new long[(int) Curve.HIGHEST + 1]);
    }
    labels.get(place)[label]++;
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
