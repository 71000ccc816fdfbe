package io.touchstone.selection.formula;

/** A text is no formula; the message says at which character, what was expected and found. */
public final class FormulaException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * @param at from 0; messages count characters from 1
   */
  FormulaException(int at, String expected, String found) {
    super("expected " + expected + " at character " + (at + 1) + ", found " + found);
  }

  FormulaException(String message) {
    super(message);
  }
}
