package io.touchstone.selection.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * From values to places along a side of a chart.
 *
 * @param from the place of {@code low}
 * @param to the place of {@code high}
 */
record Axis(Scale scale, double low, double high, double from, double to) {

  enum Scale {
    LINEAR,
    /** Logarithm of the value and one, so that 0 has a place. */
    LOGARITHMIC;

    double of(double value) {
      return switch (this) {
        case LINEAR -> value;
        case LOGARITHMIC -> Math.log1p(value);
      };
    }
  }

  private static final int ABOUT = 4;

  /** Where a double has no room for a step, adding one leads nowhere. */
  private static final int MOST = 20;

  Axis {
    if (!(high > low)) {
      high = low + 1;
    }
  }

  /** Values beyond the ends stand at them. */
  double at(double value) {
    double within = Math.max(low, Math.min(high, value));
    double share = (scale.of(within) - scale.of(low)) / (scale.of(high) - scale.of(low));
    return from + share * (to - from);
  }

  /** Round values to be named along the side. */
  List<Double> ticks() {
    return switch (scale) {
      case LINEAR -> linear();
      case LOGARITHMIC ->
          DoubleStream.iterate(1, power -> power <= high, power -> power * 10)
              .filter(power -> power >= low)
              .boxed()
              .toList();
    };
  }

  private List<Double> linear() {
    double raw = high / ABOUT - low / ABOUT;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double times = raw / power;
    double step = power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    double first = Math.ceil(low / step - 1e-9);
    for (int i = 0; i < MOST && (first + i) * step <= high + step * 1e-9; i++) {
      ticks.add((first + i) * step);
    }
    return ticks;
  }
}
