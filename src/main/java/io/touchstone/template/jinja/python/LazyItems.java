package io.touchstone.template.jinja.python;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Items that are computed, and fail, when the first of them is asked for. */
public final class LazyItems implements Iterator<Object> {
  private final Supplier<Iterator<?>> source;
  private @Nullable Iterator<?> items;

  public LazyItems(Supplier<Iterator<?>> source) {
    this.source = source;
  }

  private Iterator<?> items() {
    Iterator<?> started = items;
    if (started == null) {
      started = source.get();
      items = started;
    }
    return started;
  }

  @Override
  public boolean hasNext() {
    return items().hasNext();
  }

  @Override
  public Object next() {
    return items().next();
  }
}
