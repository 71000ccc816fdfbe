package io.touchstone.selection.formula;

/** What stands under names; asked only for the names that an answer needs. */
public interface NamedValues {

  double number(String name);

  String text(String name);

  /** Whether there is any value, which null is not. */
  boolean has(String name);
}
