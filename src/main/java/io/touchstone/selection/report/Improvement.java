package io.touchstone.selection.report;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What edits have made of the best responses, over all rows of a result.
 *
 * @param responses their rewards, of all rows
 * @param before the reward of each row's best response
 * @param after the reward of each row's best response or edit
 * @param histogram of what is after; as the older one what is before
 * @param wins how many rows' best is what: {@code response} or {@code edit}
 * @param pairs rows with an edit that differs from the response
 * @param unchanged rows of which each edit is the response itself; in no pair
 * @param withoutEdit rows without any edit; in no pair
 * @param feedback what is said of the best responses
 * @param stages the jobs behind the result, in their order; none where they are not known
 * @param examples the rows that gained most; none unless texts were asked for
 * @param whole whether quantiles and the picture are of all rows, and not of an even sample
 */
public record Improvement(
    Distribution responses,
    Distribution before,
    Distribution after,
    Histogram histogram,
    SortedMap<String, Long> wins,
    @Nullable Pairs pairs,
    long unchanged,
    long withoutEdit,
    Feedback feedback,
    List<Stage> stages,
    List<Example> examples,
    boolean whole) {

  public Improvement {
    stages = List.copyOf(stages);
    examples = List.copyOf(examples);
  }

  /**
   * The best response beside the best of the edits that differ from it.
   *
   * @param better edits with a higher reward; with them the means of what they gain
   * @param worse edits with a lower one; with them the mean of what they lose
   * @param difference the mean over all pairs
   * @param pValue of the sign test over better and worse ones, two-sided
   * @param responseLength the mean, in characters
   * @param editLength the mean, in characters
   */
  public record Pairs(
      long count,
      long better,
      long equal,
      long worse,
      double gain,
      double loss,
      double difference,
      double pValue,
      double responseLength,
      double editLength) {}

  /**
   * Comments on the best responses.
   *
   * @param rows that have any
   * @param praise how many begin as those do that find nothing to improve
   * @param keywords how often each stands in all of them
   * @param withKeyword how many have at least one
   */
  public record Feedback(
      long rows,
      long comments,
      long praise,
      SortedMap<String, Long> keywords,
      long withKeyword,
      double length) {}

  /**
   * A job behind the result.
   *
   * @param name of its folder
   * @param generated tokens of its answers; 0 where it scores
   * @param seconds of the run; null where earlier runs had made some of the pieces
   */
  public record Stage(
      String name,
      String model,
      RunFigures.Rows rows,
      RunFigures.Tokens tokens,
      long generated,
      @Nullable Double seconds) {}

  /** A row, by the part file and the line in it, with what was asked and what became of it. */
  public record Example(
      String file,
      long line,
      double before,
      double after,
      String question,
      String response,
      String edit) {}

  /** The same, with the jobs behind it. */
  public Improvement with(List<Stage> jobs) {
    return new Improvement(
        responses,
        before,
        after,
        histogram,
        wins,
        pairs,
        unchanged,
        withoutEdit,
        feedback,
        jobs,
        examples,
        whole);
  }

  public long rows() {
    return after.count();
  }
}
