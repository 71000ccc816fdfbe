package io.touchstone.jobs.generate;

import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of answers.
 *
 * @param finishes how many ended how, by {@link Finish#word}
 * @param tokens that were generated for them
 * @param thoughts how many have one
 * @param cutThoughts how many ended within it, and are null therefore
 * @param empty how many are a text without a character
 * @param unchanged how many say what the answer says that they are to be a version of
 */
public record AnswerCounts(
    SortedMap<String, Long> finishes,
    long tokens,
    long thoughts,
    long cutThoughts,
    long empty,
    long unchanged) {

  public static final AnswerCounts NONE = new AnswerCounts(new TreeMap<>(), 0, 0, 0, 0, 0);

  public AnswerCounts {
    finishes = new TreeMap<>(finishes);
  }

  /**
   * @param edited what the answers are versions of, whatever white space is at its ends; empty
   *     where they are none
   */
  public static AnswerCounts of(List<Answer> answers, Optional<String> edited) {
    SortedMap<String, Long> finishes = new TreeMap<>();
    long tokens = 0;
    long thoughts = 0;
    long cut = 0;
    long empty = 0;
    long unchanged = 0;
    for (Answer answer : answers) {
      finishes.merge(answer.finish().word(), 1L, Long::sum);
      tokens += answer.tokens();
      thoughts += answer.thought() == null ? 0 : 1;
      cut += answer.response() == null ? 1 : 0;
      empty += "".equals(answer.response()) ? 1 : 0;
      unchanged += isUnchanged(answer.response(), edited) ? 1 : 0;
    }
    return new AnswerCounts(finishes, tokens, thoughts, cut, empty, unchanged);
  }

  private static boolean isUnchanged(@Nullable String response, Optional<String> edited) {
    return response != null && edited.isPresent() && response.strip().equals(edited.get().strip());
  }

  /** How many answers there are. */
  public long count() {
    return finishes.values().stream().mapToLong(Long::longValue).sum();
  }

  public AnswerCounts plus(AnswerCounts other) {
    SortedMap<String, Long> sum = new TreeMap<>(finishes);
    other.finishes.forEach((finish, count) -> sum.merge(finish, count, Long::sum));
    return new AnswerCounts(
        sum,
        tokens + other.tokens,
        thoughts + other.thoughts,
        cutThoughts + other.cutThoughts,
        empty + other.empty,
        unchanged + other.unchanged);
  }
}
