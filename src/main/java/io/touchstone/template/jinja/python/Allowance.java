package io.touchstone.template.jinja.python;

/** What one rendering may use up. */
public interface Allowance {
  int maxDepth();

  long maxSteps();

  long maxOutputChars();

  long maxMade();

  long maxMillis();
}
