package io.touchstone.template.jinja;

/** A string, number, true, false or none. */
record Literal(Object value) implements Expression {

  @Override
  public Object evaluate(Scope scope) {
    return value;
  }

  @Override
  public String fixedWords() {
    return Printing.str(value);
  }
}
