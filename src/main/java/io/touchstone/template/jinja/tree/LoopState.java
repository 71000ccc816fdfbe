package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Arguments;
import io.touchstone.template.jinja.python.Callable;
import io.touchstone.template.jinja.python.Equality;
import io.touchstone.template.jinja.python.PythonError;
import io.touchstone.template.jinja.python.Rendering;
import io.touchstone.template.jinja.python.Undefined;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jinja's {@code loop}: where a loop stands, looking ahead no further than it is asked to. */
final class LoopState implements Callable {

  /** Renders a recursive loop's body for other items, one level deeper. */
  interface Recursion {
    String render(Object items, int depth);
  }

  private final @Nullable Recursion recursion;
  private final int depth;
  private Iterator<?> source;
  private long length;
  private long index0 = -1;
  private @Nullable Object ahead;
  private @Nullable Object current;
  private @Nullable Object before;
  private @Nullable List<Object> lastChanged;

  /**
   * @param length of the items, or -1 where they must be counted
   * @param recursion null for a loop that is not recursive
   */
  LoopState(Iterator<?> source, long length, int depth, @Nullable Recursion recursion) {
    this.source = source;
    this.length = length;
    this.depth = depth;
    this.recursion = recursion;
  }

  boolean hasNext() {
    return ahead != null || source.hasNext();
  }

  Object next() {
    Object item = ahead != null ? ahead : source.next();
    ahead = null;
    index0++;
    before = current;
    current = item;
    return item;
  }

  @Override
  public String typeName() {
    return "LoopContext";
  }

  @Override
  public boolean isTrue() {
    return length() != 0;
  }

  @Override
  public void writeRepr(StringBuilder out) {
    out.append("<LoopContext ").append(index0 + 1).append('/').append(length()).append('>');
  }

  @Override
  public boolean isIterable() {
    return true;
  }

  @Override
  public long length() {
    if (length < 0) {
      List<Object> rest = new ArrayList<>();
      source.forEachRemaining(rest::add);
      source = rest.iterator();
      length = rest.size() + index0 + 1 + (ahead == null ? 0 : 1);
    }
    return length;
  }

  private Object peek() {
    if (ahead == null && source.hasNext()) {
      ahead = source.next();
    }
    return ahead == null ? Undefined.VALUE : ahead;
  }

  @Override
  public @Nullable Object attribute(String name) {
    return switch (name) {
      case "index" -> index0 + 1;
      case "index0" -> index0;
      case "revindex" -> length() - index0;
      case "revindex0" -> length() - index0 - 1;
      case "first" -> index0 == 0;
      case "last" -> {
        peek();
        yield ahead == null;
      }
      case "length" -> length();
      case "depth" -> (long) depth + 1;
      case "depth0" -> (long) depth;
      case "previtem" -> index0 == 0 || before == null ? Undefined.VALUE : before;
      case "nextitem" -> peek();
      case "cycle" -> (Callable) this::cycle;
      case "changed" -> (Callable) this::changed;
      default -> null;
    };
  }

  private Object cycle(Arguments arguments, Rendering rendering) {
    List<Object> items = arguments.positional();
    if (items.isEmpty() || !arguments.named().isEmpty()) {
      throw new PythonError("loop.cycle() needs items");
    }
    return items.get((int) (index0 % items.size()));
  }

  private Object changed(Arguments arguments, Rendering rendering) {
    List<Object> values = arguments.bindAll("loop.changed");
    if (lastChanged != null && Equality.equal(lastChanged, values)) {
      return false;
    }
    lastChanged = values;
    return true;
  }

  @Override
  public Object call(Arguments arguments, Rendering rendering) {
    Object items = arguments.bind("loop", "iterable").required(0, "loop()", "iterable");
    if (recursion == null) {
      throw new PythonError("only a loop with the recursive marker can be called");
    }
    rendering.enter();
    String text = recursion.render(items, depth + 1);
    rendering.leave();
    return text;
  }
}
