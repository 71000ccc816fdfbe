package io.touchstone.selection;

import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.selection.formula.Formula;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A formula with the name under which rows have what it gives.
 *
 * @param name {@code scalar} unless another is given
 */
public record NamedScalar(String name, Formula formula) implements Serializable {

  private static final String IS = " = ";

  private static final Pattern NAMED = Pattern.compile("\\s*([^=<>!]*?)\\s*=(?!=)(.*)");

  /**
   * Reads what a user types.
   *
   * @param text {@code FORMULA} or {@code NAME=FORMULA}; a preset's word may stand for a formula
   * @throws IllegalArgumentException with what was expected and found
   */
  public static NamedScalar parse(String text) {
    Matcher named = NAMED.matcher(text);
    return named.matches()
        ? new NamedScalar(ScoreFields.checked(named.group(1)), formula(named.group(2)))
        : new NamedScalar(SelectRule.SCALAR, formula(text));
  }

  /** Name and formula in one line, as plans keep them. */
  public String text() {
    return name + IS + formula.text();
  }

  /** The name in what {@link #text} gave, whatever has become of formulas since. */
  public static String nameIn(String text) {
    return text.substring(0, text.indexOf(IS));
  }

  private static Formula formula(String text) {
    return Formula.parse(ScalarPreset.resolve(text.strip()));
  }
}
