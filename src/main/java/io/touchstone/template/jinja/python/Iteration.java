package io.touchstone.template.jinja.python;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Python's {@code iter}, {@code len}, {@code list} and {@code reversed}. */
public final class Iteration {
  private Iteration() {}

  @SuppressWarnings("unchecked")
  public static Iterator<Object> over(Object value) {
    Iterator<Object> iterator = (Iterator<Object>) overOrNull(value);
    if (iterator == null) {
      throw new PythonError("cannot iterate over " + Value.typeName(value));
    }
    return iterator;
  }

  public static boolean isIterable(Object value) {
    return value instanceof Value own && own.isIterable() || overOrNull(value) != null;
  }

  private static @Nullable Iterator<?> overOrNull(Object value) {
    if (value instanceof List<?> list) {
      return list.iterator();
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().iterator();
    }
    String text = Str.of(value);
    if (text != null) {
      return characters(text);
    }
    return value instanceof Value own ? own.iterator() : null;
  }

  /** The items of what has any by index, without a copy; else null. */
  @SuppressWarnings("unchecked")
  public static @Nullable List<Object> indexable(Object value) {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    return value instanceof Sequence sequence ? sequence.items() : null;
  }

  public static List<Object> toList(Object value, Rendering rendering) {
    List<Object> items = new ArrayList<>();
    for (Object item : each(value)) {
      rendering.makeItems(1);
      items.add(item);
    }
    return items;
  }

  public static @Nullable Iterator<?> reversedOrNull(Object value) {
    List<Object> items = indexable(value);
    String text = Str.of(value);
    if (text != null) {
      items = new ArrayList<>();
      characters(text).forEachRemaining(items::add);
    } else if (value instanceof Map<?, ?> map) {
      items = new ArrayList<>(map.keySet());
    } else if (items == null && value instanceof Value own) {
      items = own.items();
    }
    if (items == null) {
      return null;
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

  public static long length(Object value) {
    long length = lengthOrNone(value);
    if (length < 0) {
      throw new PythonError(Value.typeName(value) + " has no length");
    }
    return length;
  }

  /** Python's {@code len}; -1 where there is none. */
  public static long lengthOrNone(Object value) {
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    String text = Str.of(value);
    if (text != null) {
      return Str.length(text);
    }
    return value instanceof Value own ? own.length() : -1;
  }

  /** The items of a loop over a value. */
  public static Iterable<Object> each(Object value) {
    Iterator<Object> items = over(value);
    return () -> items;
  }

  /** The items that a predicate lets through, each tested when it is come to. */
  public static Iterator<Object> chosen(
      Iterator<?> items, Predicate<Object> predicate, Rendering rendering) {
    return new Iterator<>() {
      private @Nullable Object found;

      @Override
      public boolean hasNext() {
        while (found == null && items.hasNext()) {
          rendering.step();
          Object item = items.next();
          found = predicate.test(item) ? item : null;
        }
        return found != null;
      }

      @Override
      public Object next() {
        Object item = hasNext() ? found : null;
        if (item == null) {
          throw new NoSuchElementException();
        }
        found = null;
        return item;
      }
    };
  }

  private static Iterator<Object> characters(String text) {
    return text.codePoints().<Object>mapToObj(Character::toString).iterator();
  }
}
