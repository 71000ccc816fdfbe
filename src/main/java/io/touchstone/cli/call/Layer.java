package io.touchstone.cli.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings from one place: the command line or a file. */
public record Layer(Map<String, Entry> entries) {

  public Layer {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** These, and others. */
  public Layer with(Map<String, Entry> others) {
    Map<String, Entry> all = new LinkedHashMap<>(entries);
    all.putAll(others);
    return new Layer(all);
  }

  /**
   * @param origin the flag, or the file and line
   * @param name how problems name the setting in this place
   */
  public record Entry(String text, String origin, String name) {}
}
