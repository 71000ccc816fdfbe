package io.touchstone.selection.formula;

import java.io.Serializable;
import java.util.List;

/**
 * A condition on named numbers, texts and any other values, such as {@code helpfulness >= 3 and
 * language = 'english' and error is null}.
 *
 * @param text as it was typed
 * @param names of numbers, each once, in the order of their first use
 * @param textNames of texts, likewise
 * @param valueNames of values that are there or not, likewise
 */
public record Where(
    String text,
    List<String> names,
    List<String> textNames,
    List<String> valueNames,
    Condition condition)
    implements Serializable {

  public Where {
    names = List.copyOf(names);
    textNames = List.copyOf(textNames);
    valueNames = List.copyOf(valueNames);
  }

  /**
   * @throws FormulaException if the text is no condition
   */
  public static Where parse(String text) {
    FormulaParser parser = new FormulaParser(text);
    Condition condition = parser.condition();
    return new Where(text, parser.names(), parser.textNames(), parser.valueNames(), condition);
  }

  /**
   * @throws ArithmeticException if an infinite or undefined number would be compared
   */
  public boolean holds(NamedValues values) {
    return condition.holds(values);
  }
}
