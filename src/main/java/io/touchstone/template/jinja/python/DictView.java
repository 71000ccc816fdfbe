package io.touchstone.template.jinja.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a dict's {@code keys()}, {@code values()} and {@code items()} give. */
public record DictView(Kind kind, Map<?, ?> dict) {

  /** Which of the three. */
  public enum Kind {
    KEYS("dict_keys"),
    VALUES("dict_values"),
    ITEMS("dict_items");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    public String type() {
      return type;
    }
  }

  List<Object> items() {
    return switch (kind) {
      case KEYS -> new ArrayList<>(dict.keySet());
      case VALUES -> new ArrayList<>(dict.values());
      case ITEMS -> pairs(dict);
    };
  }

  public static List<Object> pairs(Map<?, ?> dict) {
    List<Object> pairs = new ArrayList<>(dict.size());
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      pairs.add(Tuple.of(entry.getKey(), entry.getValue()));
    }
    return pairs;
  }
}
