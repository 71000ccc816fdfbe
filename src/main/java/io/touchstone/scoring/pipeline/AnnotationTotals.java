package io.touchstone.scoring.pipeline;

import io.touchstone.reward.ScoreDistribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was done to some lines; totals of parts add up to those of the whole.
 *
 * @param in lines read, blank ones not among them
 * @param rejected lines set aside, by kind
 * @param notes scored rows of which something is to be told, by {@link
 *     io.touchstone.conversation.line.RowNote#name}
 * @param presentedTokens of the scored conversations, each by itself
 * @param computedTokens that went through the model
 * @param specialTokensInText special tokens that texts of scored rows spell out
 * @param prepareNanos thread time spent on parsing, rendering and tokenizing
 * @param clampedValues values that were moved onto the 0-4 scale before rounding
 * @param scores by attribute, in the model's order; empty before the first score
 * @param known what was not computed, because it was known
 */
public record AnnotationTotals(
    long in,
    long out,
    long blank,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> notes,
    long presentedTokens,
    long computedTokens,
    long specialTokensInText,
    long prepareNanos,
    long forwardNanos,
    long clampedValues,
    List<ScoreDistribution> scores,
    KnownTotals known) {

  public static final AnnotationTotals NONE =
      new AnnotationTotals(
          0, 0, 0, new TreeMap<>(), new TreeMap<>(), 0, 0, 0, 0, 0, 0, List.of(), KnownTotals.NONE);

  public AnnotationTotals {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    // A record that an older version has written has none.
    notes =
        notes == null ? new TreeMap<>() : Collections.unmodifiableSortedMap(new TreeMap<>(notes));
    scores = List.copyOf(scores);
  }

  public long rejectedLines() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  public AnnotationTotals plus(AnnotationTotals other) {
    return new AnnotationTotals(
        in + other.in,
        out + other.out,
        blank + other.blank,
        Counts.sum(rejected, other.rejected),
        Counts.sum(notes, other.notes),
        presentedTokens + other.presentedTokens,
        computedTokens + other.computedTokens,
        specialTokensInText + other.specialTokensInText,
        prepareNanos + other.prepareNanos,
        forwardNanos + other.forwardNanos,
        clampedValues + other.clampedValues,
        sum(scores, other.scores),
        known.plus(other.known));
  }

  private static List<ScoreDistribution> sum(
      List<ScoreDistribution> left, List<ScoreDistribution> right) {
    List<ScoreDistribution> sum = new ArrayList<>();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      ScoreDistribution a = i < left.size() ? left.get(i) : ScoreDistribution.EMPTY;
      sum.add(i < right.size() ? a.plus(right.get(i)) : a);
    }
    return sum;
  }
}
