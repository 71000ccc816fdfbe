package io.touchstone.selection.formula;

/** What stands under names; asked only for the names that an answer needs. */
public interface NamedValues {

  double number(String name);

  String text(String name);
}
