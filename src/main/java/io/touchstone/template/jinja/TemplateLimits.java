package io.touchstone.template.jinja;

import io.touchstone.template.jinja.python.Allowance;

/**
 * What an untrusted template may use up.
 *
 * @param maxSourceChars of the template's source
 * @param maxNesting of statements and expressions in the source
 * @param maxDepth of macros and recursive loops that call one another
 * @param maxSteps evaluated statements, calls, operators and loop rounds of one rendering
 * @param maxOutputChars of one rendering
 * @param maxMade characters that one rendering makes on its way, all together; what bounds its
 *     memory. An item of a list counts as 32.
 * @param maxMillis wall time of one rendering
 */
public record TemplateLimits(
    int maxSourceChars,
    int maxNesting,
    int maxDepth,
    long maxSteps,
    long maxOutputChars,
    long maxMade,
    long maxMillis)
    implements Allowance {

  public TemplateLimits {
    requirePositive("maxSourceChars", maxSourceChars);
    requirePositive("maxNesting", maxNesting);
    requirePositive("maxDepth", maxDepth);
    requirePositive("maxSteps", maxSteps);
    requirePositive("maxOutputChars", maxOutputChars);
    requirePositive("maxMade", maxMade);
    requirePositive("maxMillis", maxMillis);
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + ": expected more than 0, found " + value);
    }
  }

  /** Wide for any real template and conversation, and still no danger to an executor. */
  public static TemplateLimits defaults() {
    return new TemplateLimits(1 << 20, 100, 200, 5_000_000, 1 << 26, 1 << 28, 20_000);
  }
}
