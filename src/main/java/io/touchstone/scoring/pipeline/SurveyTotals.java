package io.touchstone.scoring.pipeline;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen of some lines; totals of parts add up to those of the whole.
 *
 * @param in lines read, blank ones not among them
 * @param refusals lines that would be rejected before the model sees them, by kind
 * @param notes rows that would be scored of which something is to be told, as {@link
 *     AnnotationTotals#notes} has them
 * @param lengths how many prompts there are, by tokens
 * @param work what would go through the model
 * @param known what would not, as its score is known; with the scores that would be added
 * @param prepareNanos thread time spent on parsing, rendering and tokenizing
 */
public record SurveyTotals(
    long in,
    long blank,
    SortedMap<String, Refusals> refusals,
    SortedMap<String, Long> notes,
    SortedMap<Integer, Long> lengths,
    Work work,
    KnownTotals known,
    long prepareNanos) {

  public static final SurveyTotals NONE =
      new SurveyTotals(
          0, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Work.NONE, KnownTotals.NONE, 0);

  /** A blank line. */
  public static SurveyTotals ofBlank() {
    return new SurveyTotals(
        0, 1, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Work.NONE, KnownTotals.NONE, 0);
  }

  /** A line that would be rejected. */
  public static SurveyTotals ofRefusal(String kind, Refusals refusal) {
    TreeMap<String, Refusals> refusals = new TreeMap<>();
    refusals.put(kind, refusal);
    return new SurveyTotals(
        1, 0, refusals, new TreeMap<>(), new TreeMap<>(), Work.NONE, KnownTotals.NONE, 0);
  }

  /** A prompt that would be answered. */
  public static SurveyTotals ofPrompt(int tokens, SortedMap<String, Long> notes) {
    TreeMap<Integer, Long> lengths = new TreeMap<>();
    lengths.put(tokens, 1L);
    return new SurveyTotals(
        1, 0, new TreeMap<>(), notes, lengths, new Work(tokens, 0, 1, 0), KnownTotals.NONE, 0);
  }

  /** A row that would be written without being asked. */
  public static SurveyTotals ofUnasked(SortedMap<String, Long> notes) {
    return new SurveyTotals(
        1, 0, new TreeMap<>(), notes, new TreeMap<>(), Work.NONE, KnownTotals.NONE, 0);
  }

  public SurveyTotals {
    refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
    notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
    lengths = Collections.unmodifiableSortedMap(new TreeMap<>(lengths));
  }

  /**
   * A share of the model's work.
   *
   * @param pairs tokens that the computed ones look at, each one's own among them
   * @param readOuts places where prompts are read
   * @param readOutPairs tokens that the read-outs look at
   */
  public record Work(long computedTokens, long pairs, long readOuts, long readOutPairs) {

    static final Work NONE = new Work(0, 0, 0, 0);

    Work plus(Work other) {
      return new Work(
          computedTokens + other.computedTokens,
          pairs + other.pairs,
          readOuts + other.readOuts,
          readOutPairs + other.readOutPairs);
    }
  }

  /**
   * Lines refused for one kind of reason.
   *
   * @param source the input of the first of them
   * @param offset of its first byte
   */
  public record Refusals(long count, String source, long offset, String reason) {

    Refusals plus(Refusals later) {
      return new Refusals(count + later.count, source, offset, reason);
    }
  }

  public long refused() {
    return refusals.values().stream().mapToLong(Refusals::count).sum();
  }

  public long computedTokens() {
    return work.computedTokens;
  }

  /** Tokens of the prompts, each counted by itself. */
  public long presentedTokens() {
    return lengths.entrySet().stream().mapToLong(entry -> entry.getKey() * entry.getValue()).sum();
  }

  public SurveyTotals plus(SurveyTotals later) {
    TreeMap<String, Refusals> kinds = new TreeMap<>(refusals);
    later.refusals.forEach((kind, more) -> kinds.merge(kind, more, Refusals::plus));
    TreeMap<Integer, Long> prompts = new TreeMap<>(lengths);
    later.lengths.forEach((length, count) -> prompts.merge(length, count, Long::sum));
    return new SurveyTotals(
        in + later.in,
        blank + later.blank,
        kinds,
        Counts.sum(notes, later.notes),
        prompts,
        work.plus(later.work),
        known.plus(later.known),
        prepareNanos + later.prepareNanos);
  }
}
