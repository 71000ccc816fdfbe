package io.touchstone.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Everything found wrong with a folder so far. */
final class Problems {
  private static final int SHOWN_OF_A_KIND = 20;
  private static final int SHOWN_CHARACTERS = 120;

  private final List<String> lines = new ArrayList<>();

  void add(String file, String problem) {
    lines.add("[" + shown(file) + "] " + problem);
  }

  FileProblems in(String file) {
    return new FileProblems(file, this);
  }

  /** Adds the first of many alike, and how many more there are. */
  void addSome(String kind, List<String> alike) {
    lines.addAll(alike.subList(0, Math.min(SHOWN_OF_A_KIND, alike.size())));
    if (alike.size() > SHOWN_OF_A_KIND) {
      lines.add(String.format(Locale.ROOT, "and %d more %s", alike.size() - SHOWN_OF_A_KIND, kind));
    }
  }

  int count() {
    return lines.size();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Text from a file, fit for a message: one line, not long, no control characters. */
  static String shown(String text) {
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
