package io.touchstone.template.jinja.python;

import io.touchstone.template.jinja.tree.LoopState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Python's {@code iter}, {@code len}, {@code list} and {@code reversed}. */
public final class Iteration {
  private Iteration() {}

  public static Iterator<?> over(Object value) {
    Iterator<?> iterator = overOrNull(value);
    if (iterator == null) {
      throw new PythonError("cannot iterate over " + TypeName.of(value));
    }
    return iterator;
  }

  public static boolean isIterable(Object value) {
    return value instanceof LoopState || overOrNull(value) != null;
  }

  private static @Nullable Iterator<?> overOrNull(Object value) {
    if (value instanceof Generator generator) {
      return generator;
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().iterator();
    }
    if (value == Undefined.VALUE) {
      return List.of().iterator();
    }
    String text = Text.of(value);
    if (text != null) {
      return characters(text);
    }
    List<Object> items = itemsOrNull(value);
    return items == null ? null : items.iterator();
  }

  /** The items of a list, tuple, range or view by index, without a copy where there is one. */
  @SuppressWarnings("unchecked")
  public static @Nullable List<Object> itemsOrNull(Object value) {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    if (value instanceof Tuple tuple) {
      return tuple.items();
    }
    if (value instanceof Range range) {
      return range.items();
    }
    return value instanceof DictView view ? view.items() : null;
  }

  public static List<Object> toList(Object value, Rendering rendering) {
    List<Object> items = new ArrayList<>();
    Iterator<?> iterator = over(value);
    while (iterator.hasNext()) {
      rendering.makeItems(1);
      items.add(iterator.next());
    }
    return items;
  }

  public static @Nullable Iterator<?> reversedOrNull(Object value) {
    List<Object> items;
    String text = Text.of(value);
    if (value == Undefined.VALUE) {
      return List.of().iterator();
    } else if (text != null) {
      items = new ArrayList<>();
      characters(text).forEachRemaining(items::add);
    } else if (value instanceof Map<?, ?> map) {
      items = new ArrayList<>(map.keySet());
    } else {
      List<Object> found = itemsOrNull(value);
      if (found == null) {
        return null;
      }
      items = found;
    }
    var iterator = items.listIterator(items.size());
    return new Iterator<Object>() {
      @Override
      public boolean hasNext() {
        return iterator.hasPrevious();
      }

      @Override
      public Object next() {
        return iterator.previous();
      }
    };
  }

  public static boolean hasLength(Object value) {
    return value == Undefined.VALUE
        || value instanceof Map
        || value instanceof LoopState
        || Text.of(value) != null
        || itemsOrNull(value) != null;
  }

  public static long length(Object value) {
    if (value == Undefined.VALUE) {
      return 0;
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof LoopState loop) {
      return loop.length();
    }
    String text = Text.of(value);
    if (text != null) {
      return text.codePointCount(0, text.length());
    }
    List<Object> items = itemsOrNull(value);
    if (items == null) {
      throw new PythonError(TypeName.of(value) + " has no length");
    }
    return items.size();
  }

  private static Iterator<Object> characters(String text) {
    return new Iterator<>() {
      private int position;

      @Override
      public boolean hasNext() {
        return position < text.length();
      }

      @Override
      public Object next() {
        if (position >= text.length()) {
          throw new NoSuchElementException();
        }
        int end = text.offsetByCodePoints(position, 1);
        String character = text.substring(position, end);
        position = end;
        return character;
      }
    };
  }
}
