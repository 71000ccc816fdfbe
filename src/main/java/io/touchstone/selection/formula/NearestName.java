package io.touchstone.selection.formula;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of the known names someone meant who typed another one. */
public final class NearestName {

  private NearestName() {}

  /** Empty if none is near: each third letter may be wrong. */
  public static Optional<String> of(String typed, Collection<String> known) {
    int most = Math.max(1, typed.length() / 3);
    return known.stream()
        .filter(name -> distance(typed, name) <= most)
        .min(
            Comparator.<String>comparingInt(name -> distance(typed, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Letters to be changed, in either case; leaving out the outer part of a path costs nothing. */
  private static int distance(String typed, String name) {
    int whole = letters(typed, name);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? whole : Math.min(whole, letters(typed, name.substring(dot + 1)));
  }

  private static int letters(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int kept = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(kept, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
