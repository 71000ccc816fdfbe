package io.touchstone.conversation.line;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something of a score, and the same of the number that is made of it and stands beside it: names,
 * places or texts.
 *
 * @param scalar null where there is no such number
 */
public record WithScalar<T>(T score, @Nullable T scalar) {

  public <R> WithScalar<R> map(Function<T, R> function) {
    return new WithScalar<>(function.apply(score), scalar == null ? null : function.apply(scalar));
  }

  /** Those of all scores, then those of the numbers: the order in which rows have them. */
  public static <T> List<T> inOrder(List<WithScalar<T>> all) {
    return Stream.concat(
            all.stream().map(WithScalar::score),
            all.stream().map(WithScalar::scalar).filter(Objects::nonNull))
        .toList();
  }
}
