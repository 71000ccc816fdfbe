package io.touchstone.jobs.generate;

import io.touchstone.jobs.RowCounts;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was done to some lines; totals of parts add up to those of the whole.
 *
 * @param in lines read, blank ones not among them
 * @param rejected lines set aside, by kind
 * @param notes answered rows of which something is to be told, by {@link
 *     io.touchstone.conversation.line.RowNote#name}
 * @param answers of the rows that are out
 * @param presentedTokens of the prompts of those rows, for each sample by itself
 * @param computedTokens of prompts that went through the model, in attempts that were ended before
 *     their end, too
 * @param specialTokensInText special tokens that texts of those rows spell out
 * @param takenRows of the rows that are out, those that an attempt before the committed one had
 *     finished
 * @param busyNanos time in the model
 * @param repeats rows that share what they are drawn by with another
 */
public record GenerateTotals(
    long in,
    long out,
    long blank,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> notes,
    AnswerCounts answers,
    long presentedTokens,
    long computedTokens,
    long specialTokensInText,
    long takenRows,
    long busyNanos,
    Repeats repeats) {

  public static final GenerateTotals NONE =
      new GenerateTotals(
          0,
          0,
          0,
          new TreeMap<>(),
          new TreeMap<>(),
          AnswerCounts.NONE,
          0,
          0,
          0,
          0,
          0,
          Repeats.NONE);

  public GenerateTotals {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
  }

  public long rejectedLines() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  public RowCounts rows() {
    return new RowCounts(in, out, rejectedLines(), blank);
  }

  public GenerateTotals plus(GenerateTotals other) {
    return new GenerateTotals(
        in + other.in,
        out + other.out,
        blank + other.blank,
        sum(rejected, other.rejected),
        sum(notes, other.notes),
        answers.plus(other.answers),
        presentedTokens + other.presentedTokens,
        computedTokens + other.computedTokens,
        specialTokensInText + other.specialTokensInText,
        takenRows + other.takenRows,
        busyNanos + other.busyNanos,
        repeats.plus(other.repeats));
  }

  private static SortedMap<String, Long> sum(
      SortedMap<String, Long> one, SortedMap<String, Long> other) {
    SortedMap<String, Long> sum = new TreeMap<>(one);
    other.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return sum;
  }
}
