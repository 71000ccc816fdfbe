package io.touchstone.template.jinja.python;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Python iterator: it gives its items once, each when it is asked for. What makes them runs, and
 * fails, when the first of them is asked for.
 */
public final class Generator implements Value, Iterator<Object> {
  private final Supplier<Iterator<?>> source;
  private @Nullable Iterator<?> items;

  public Generator(Supplier<Iterator<?>> source) {
    this.source = source;
  }

  private Iterator<?> started() {
    Iterator<?> started = items;
    if (started == null) {
      started = source.get();
      items = started;
    }
    return started;
  }

  @Override
  public boolean hasNext() {
    return started().hasNext();
  }

  @Override
  public Object next() {
    return started().next();
  }

  @Override
  public String typeName() {
    return "generator";
  }

  @Override
  public Iterator<Object> iterator() {
    return this;
  }
}
