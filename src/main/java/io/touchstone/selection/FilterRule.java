package io.touchstone.selection;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.selection.formula.Formula;
import io.touchstone.selection.formula.Where;
import java.io.Serializable;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a row must fulfil by itself, whatever the others are.
 *
 * @param by the name of the score, which every row must have; null if none is asked for
 * @param scalar a number that the rule's other parts know as {@code scalar}; null for none
 */
public record FilterRule(
    @Nullable String by, Bounds bounds, @Nullable Where where, @Nullable Formula scalar)
    implements Serializable {

  public FilterRule {
    if (by == null && !bounds.equals(Bounds.NONE)) {
      throw new IllegalArgumentException("by: expected a name, found none beside " + bounds);
    }
  }

  /** The least and the greatest score, both allowed; infinite for none. */
  public record Bounds(double min, double max) implements Serializable {
    public static final Bounds NONE =
        new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** What a rule says of a row. */
  public enum Verdict {
    PASSED,
    BELOW_MIN,
    ABOVE_MAX,
    NOT_WHERE
  }

  /**
   * A row that has all that was asked for.
   *
   * @param score empty if none was asked for
   * @param scalar empty if none was asked for
   */
  public record Judged(Verdict verdict, OptionalDouble score, OptionalDouble scalar) {}

  /**
   * @throws RowProblem if the row lacks the score or what the scalar is made of, or what the
   *     condition must know of it to hold or not
   */
  public Judged judge(JsonRow row) {
    RowNumbers numbers = new RowNumbers(row);
    OptionalDouble computed = OptionalDouble.empty();
    if (scalar != null) {
      double value = RowNumbers.finite(SelectRule.SCALAR, () -> scalar.of(numbers::number));
      numbers.put(SelectRule.SCALAR, value);
      computed = OptionalDouble.of(value);
    }
    OptionalDouble score =
        by == null ? OptionalDouble.empty() : OptionalDouble.of(numbers.number(by));
    return new Judged(verdict(score, numbers), score, computed);
  }

  private Verdict verdict(OptionalDouble score, RowNumbers numbers) {
    if (score.isPresent() && score.getAsDouble() < bounds.min) {
      return Verdict.BELOW_MIN;
    }
    if (score.isPresent() && score.getAsDouble() > bounds.max) {
      return Verdict.ABOVE_MAX;
    }
    if (where == null) {
      return Verdict.PASSED;
    }
    return RowNumbers.finite("where", () -> where.holds(numbers))
        ? Verdict.PASSED
        : Verdict.NOT_WHERE;
  }
}
