package io.touchstone.jobs;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a result says about where it comes from.
 *
 * @param program name and version, written into {@code _run.json}
 * @param effective the effective configuration, written into {@code _run.json} as it is
 * @param compared the keys of {@code effective} whose change may change the output: a second run
 *     into the same folder must have the same values for them
 */
public record Provenance(
    String program, SortedMap<String, String> effective, Set<String> compared) {

  public Provenance {
    effective = Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    compared = Collections.unmodifiableSet(new TreeSet<>(compared));
    if (!effective.keySet().containsAll(compared)) {
      Set<String> unknown = new TreeSet<>(compared);
      unknown.removeAll(effective.keySet());
      throw new IllegalArgumentException(
          "compared keys: expected keys of the effective configuration, found " + unknown);
    }
  }

  /** What an output folder's plan keeps. */
  public SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    for (String key : compared) {
      settings.put("configuration." + key, effective.getOrDefault(key, ""));
    }
    return settings;
  }
}
