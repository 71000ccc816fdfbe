package io.touchstone.template.jinja.builtin;

import io.touchstone.template.jinja.python.PythonError;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filters by name. */
public final class Filters {
  /** jinja2 has them; they make HTML, or no two runs alike, and no chat template needs them. */
  public static final Set<String> UNSUPPORTED =
      Set.of("filesizeformat pprint random striptags urlencode urlize wordwrap xmlattr".split(" "));

  private static final Map<String, Filter> ALL = new HashMap<>();

  static {
    TextFilters.addTo(ALL);
    NumberFilters.addTo(ALL);
    SequenceFilters.addTo(ALL);
    AttributeFilters.addTo(ALL);
    SelectionFilters.addTo(ALL);
  }

  private Filters() {}

  public static @Nullable Filter find(String name) {
    return ALL.get(name);
  }

  static boolean isKnown(String name) {
    return ALL.containsKey(name) || UNSUPPORTED.contains(name);
  }

  /** A filter whose name the template computes. */
  static Filter named(Object name) {
    Filter filter = name instanceof String text ? ALL.get(text) : null;
    if (filter == null) {
      throw new PythonError("a filter named by an argument is unknown or not supported");
    }
    return filter;
  }
}
