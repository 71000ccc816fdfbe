package io.touchstone.template.jinja.python;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's range. */
public record Range(long start, long stop, long step) implements Sequence {
  /** The sandbox's own bound on the items of a range. */
  static final int MOST_ITEMS = 100_000;

  public static Range of(long start, long stop, long step) {
    if (step == 0) {
      throw new PythonError("range() step must not be zero");
    }
    Range range = new Range(start, stop, step);
    if (range.exactSize().bitLength() > 31 || range.exactSize().intValue() > MOST_ITEMS) {
      throw new PythonError("range() of more than " + MOST_ITEMS + " items");
    }
    return range;
  }

  private BigInteger exactSize() {
    var distance = BigInteger.valueOf(stop).subtract(BigInteger.valueOf(start));
    var stride = BigInteger.valueOf(step);
    if (distance.signum() == 0 || distance.signum() != stride.signum()) {
      return BigInteger.ZERO;
    }
    return distance.abs().subtract(BigInteger.ONE).divide(stride.abs()).add(BigInteger.ONE);
  }

  /** A view; holds no items. */
  @Override
  public List<Object> items() {
    int size = exactSize().intValue();
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        return start + index * step;
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  @Override
  public String typeName() {
    return "range";
  }

  @Override
  public void writeRepr(StringBuilder out) {
    out.append("range(").append(start).append(", ").append(stop);
    out.append(step == 1 ? "" : ", " + step).append(')');
  }

  @Override
  public @Nullable Object attribute(String name) {
    return switch (name) {
      case "start" -> start;
      case "stop" -> stop;
      case "step" -> step;
      default -> null;
    };
  }

  @Override
  public Object slice(Slice slice, Rendering rendering) {
    return new Range(
        start + slice.start() * step, start + slice.stop() * step, step * slice.step());
  }
}
