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
    require(steps <= limits.maxSteps(), "more than %d steps (maxSteps)", limits.maxSteps());
    if (steps % STEPS_BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
      lookAtTheClock();
    }
  }

  private void lookAtTheClock() {
    long millis = (System.nanoTime() - startNanos) / 1_000_000;
    require(millis <= limits.maxMillis(), "more than %d ms (maxMillis)", limits.maxMillis());
  }

  /** Accounts for items before they are made; each weighs as much as a short text. */
  public void makeItems(long count) {
    make(CHARS_PER_ITEM * count);
  }

  /** Accounts for characters before they are made. */
  public void make(long size) {
    made += size;
    long most = limits.maxMade();
    require(
        size <= most && made <= most, "more than %d characters made on the way (maxMade)", most);
    if (size > 1 << 16) {
      lookAtTheClock();
    }
  }

  public void requireRoomFor(long outputChars) {
    long most = limits.maxOutputChars();
    require(outputChars <= most, "more than %d characters of output (maxOutputChars)", most);
  }

  public void enter() {
    depth++;
    require(
        depth <= limits.maxDepth(), "calls nested more than %d deep (maxDepth)", limits.maxDepth());
  }

  public void leave() {
    depth--;
  }

  private static void require(boolean within, String fault, long most) {
    if (!within) {
      throw new PythonError(fault.formatted(most));
    }
  }
}
