package io.touchstone.problem;

/**
 * One thing that is wrong, as it is told: {@code [file] field: expected what, found what}.
 *
 * @param place where it is, with what stands between it and what follows
 */
public record Problem(String place) {

  private static final int SHOWN_CHARACTERS = 120;

  /** Names a setting, a flag or a field. */
  public static Problem at(String name) {
    return new Problem(Printable.name(name) + ": ");
  }

  /** Names a file or a folder. */
  public static Problem in(Object file) {
    return new Problem("[" + Printable.name(file) + "] ");
  }

  /** Names the file or the folder that a setting or a flag has given. */
  public Problem file(Object file) {
    return new Problem(place + "[" + Printable.name(file) + "] ");
  }

  /** Names a field inside of the file. */
  public Problem field(String name) {
    return new Problem(place + Printable.name(name) + ": ");
  }

  public Expected expected(Object what) {
    return new Expected(place + "expected " + what);
  }

  /**
   * A problem of which only the end is missing.
   *
   * @param told so far
   */
  public record Expected(String told) {

    public String found(Object what) {
      return told + ", found " + what;
    }
  }

  /** Text from a file, fit for a message: one line, not long, no control characters. */
  public static String shown(String text) {
    int end = Math.min(text.length(), SHOWN_CHARACTERS);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < end; i++) {
      char character = text.charAt(i);
      line.append(
          Character.isISOControl(character) || Character.isSurrogate(character) ? '?' : character);
    }
    return end < text.length() ? line.append('…').toString() : line.toString();
  }
}
