package io.touchstone.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Which of the known names someone meant who typed another one. */
public final class NearestName {

  private NearestName() {}

  /** The nearest name; empty if none is near: each third letter may be wrong. */
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
    return LevenshteinDistance.getDefaultInstance()
        .apply(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
  }
}
