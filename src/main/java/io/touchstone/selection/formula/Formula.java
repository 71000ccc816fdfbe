package io.touchstone.selection.formula;

import java.io.Serializable;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A number computed from named ones, such as {@code 0.65*helpfulness+0.8*correctness}.
 *
 * @param text as it was typed
 * @param names each once, in the order of their first use
 */
public record Formula(String text, List<String> names, Arithmetic arithmetic)
    implements Serializable {

  public Formula {
    names = List.copyOf(names);
  }

  /**
   * @throws FormulaException if the text is no formula
   */
  public static Formula parse(String text) {
    FormulaParser parser = new FormulaParser(text);
    Arithmetic arithmetic = parser.number();
    return new Formula(text, parser.names(), arithmetic);
  }

  /**
   * @param values the number of each name
   * @throws ArithmeticException if the result is infinite or undefined
   */
  public double of(ToDoubleFunction<String> values) {
    double value = arithmetic.at(values);
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("expected a finite result, found " + value);
    }
    return value;
  }
}
