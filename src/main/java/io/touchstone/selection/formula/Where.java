package io.touchstone.selection.formula;

import java.io.Serializable;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A condition on named numbers, such as {@code helpfulness >= 3 and verbosity <= 2}.
 *
 * @param text as it was typed
 * @param names each once, in the order of their first use
 */
public record Where(String text, List<String> names, Condition condition) implements Serializable {

  public Where {
    names = List.copyOf(names);
  }

  /**
   * @throws FormulaException if the text is no condition
   */
  public static Where parse(String text) {
    FormulaParser parser = new FormulaParser(text);
    Condition condition = parser.condition();
    return new Where(text, parser.names(), condition);
  }

  /**
   * @param values the number of each name
   * @throws ArithmeticException if an infinite or undefined number would be compared
   */
  public boolean holds(ToDoubleFunction<String> values) {
    return condition.holds(values);
  }
}
