package io.touchstone.template.jinja.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a dict's {@code keys()}, {@code values()} and {@code items()} give. */
public record DictView(Kind kind, Map<?, ?> dict) implements Value {

  /** Which of the three. */
  public enum Kind {
    KEYS,
    VALUES,
    ITEMS
  }

  @Override
  public String typeName() {
    return "dict_" + Str.lower(kind.name());
  }

  @Override
  public boolean isTrue() {
    return !dict.isEmpty();
  }

  @Override
  public void writeRepr(StringBuilder out) {
    Printing.writeItems(items(), typeName() + "([", "])", out);
  }

  @Override
  public List<Object> items() {
    return switch (kind) {
      case KEYS -> new ArrayList<>(dict.keySet());
      case VALUES -> new ArrayList<>(dict.values());
      case ITEMS -> pairs(dict);
    };
  }

  @Override
  public long length() {
    return dict.size();
  }

  @Override
  public boolean isHashable() {
    return kind == Kind.VALUES;
  }

  public static List<Object> pairs(Map<?, ?> dict) {
    List<Object> pairs = new ArrayList<>(dict.size());
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      pairs.add(Tuple.of(entry.getKey(), entry.getValue()));
    }
    return pairs;
  }
}
