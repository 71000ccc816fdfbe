package io.touchstone.template.jinja.python;

import java.time.LocalDateTime;

/** One rendering under way: its clock, the line it is at, and what it has used up. */
public final class Rendering {
  private static final int STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 256;

  private static final int CHARS_PER_ITEM = 32;

  private final Allowance limits;
  private final LocalDateTime now;
  private final long startNanos = System.nanoTime();
  private long steps;
  private long made;
  private int depth;
  private int line = 1;

  public Rendering(Allowance limits, LocalDateTime now) {
    this.limits = limits;
    this.now = now;
  }

  public LocalDateTime now() {
    return now;
  }

  public int line() {
    return line;
  }

  public void at(int newLine) {
    line = newLine;
    step();
  }

  public void step() {
    steps++;
    if (steps > limits.maxSteps()) {
      throw new PythonError("more than " + limits.maxSteps() + " steps (maxSteps)");
    }
    if (steps % STEPS_BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
      lookAtTheClock();
    }
  }

  private void lookAtTheClock() {
    long millis = (System.nanoTime() - startNanos) / 1_000_000;
    if (millis > limits.maxMillis()) {
      throw new PythonError("more than " + limits.maxMillis() + " ms (maxMillis)");
    }
  }

  /** Accounts for items before they are made; each weighs as much as a short text. */
  public void makeItems(long count) {
    make(CHARS_PER_ITEM * count);
  }

  /** Accounts for characters before they are made. */
  public void make(long size) {
    made += size;
    if (size > limits.maxMade() || made > limits.maxMade()) {
      throw new PythonError(
          "more than " + limits.maxMade() + " characters made on the way (maxMade)");
    }
    if (size > 1 << 16) {
      lookAtTheClock();
    }
  }

  public void requireRoomFor(long outputChars) {
    if (outputChars > limits.maxOutputChars()) {
      throw new PythonError(
          "more than " + limits.maxOutputChars() + " characters of output (maxOutputChars)");
    }
  }

  public void enter() {
    depth++;
    if (depth > limits.maxDepth()) {
      throw new PythonError("calls nested more than " + limits.maxDepth() + " deep (maxDepth)");
    }
  }

  public void leave() {
    depth--;
  }
}
