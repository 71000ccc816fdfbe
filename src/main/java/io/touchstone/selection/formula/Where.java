package io.touchstone.selection.formula;

import java.io.Serializable;
import java.util.List;

/**
 * A condition on named numbers and texts, such as {@code helpfulness >= 3 and language =
 * 'english'}.
 *
 * @param text as it was typed
 * @param names of numbers, each once, in the order of their first use
 * @param textNames of texts, likewise
 */
public record Where(String text, List<String> names, List<String> textNames, Condition condition)
    implements Serializable {

  public Where {
    names = List.copyOf(names);
    textNames = List.copyOf(textNames);
  }

  /**
   * @throws FormulaException if the text is no condition
   */
  public static Where parse(String text) {
    FormulaParser parser = new FormulaParser(text);
    Condition condition = parser.condition();
    return new Where(text, parser.names(), parser.textNames(), condition);
  }

  /**
   * @throws ArithmeticException if an infinite or undefined number would be compared
   */
  public boolean holds(NamedValues values) {
    return condition.holds(values);
  }
}
