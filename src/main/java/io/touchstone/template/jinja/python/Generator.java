package io.touchstone.template.jinja.python;

import java.util.Iterator;

/** A Python iterator: it gives its items once, each when it is asked for. */
public final class Generator implements Iterator<Object> {
  private final Iterator<?> source;

  public Generator(Iterator<?> source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    return source.hasNext();
  }

  @Override
  public Object next() {
    return source.next();
  }
}
