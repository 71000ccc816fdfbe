package io.touchstone.selection.report.page;

import io.touchstone.selection.report.history.Night;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture of nights, one step each, whatever lies between their dates. Lines join nights of one
 * model and settings; nights that are unlike the one that is reported on have hollow knots.
 */
final class NightChart {

  /** Dates that have room beneath it. */
  private static final int MOST_DATES = 5;

  /** More knots than this would touch each other. */
  private static final int MOST_KNOTS = 60;

  private final Html html;
  private final List<Night> nights;
  private final Night now;
  private final Axis x;
  private final Axis y;
  private final Chart chart;

  private NightChart(Html html, List<Night> nights, Night now, double low, double high) {
    this.html = html;
    this.nights = nights;
    this.now = now;
    // Half a step at both ends: the first night is no axis.
    this.x = Chart.across(Axis.Scale.LINEAR, -0.5, nights.size() - 0.5);
    this.y = Chart.upwards(low, high);
    this.chart = new Chart(html, x, y);
  }

  /**
   * Begins a picture.
   *
   * @param title what it shows, for who cannot see it
   * @param unit of the numbers at its side
   * @param times what they are multiplied by to be shown
   */
  static NightChart open(
      Html html,
      List<Night> nights,
      Night now,
      String title,
      double low,
      double high,
      String unit,
      double times) {
    NightChart picture = new NightChart(html, nights, now, low, high);
    picture.chart.open(title);
    picture.chart.upwardsTicks(unit, times);
    return picture;
  }

  /** Ends it, with dates along its foot. */
  void close() {
    chart.ground();
    int last = nights.size() - 1;
    int steps = Math.max(1, Math.min(MOST_DATES - 1, last));
    IntStream.rangeClosed(0, Math.min(steps, last))
        .map(i -> (int) Math.round((double) i * last / steps))
        .distinct()
        .forEach(at -> chart.acrossTick(x.at(at), dayOf(nights.get(at))));
    chart.acrossTitle(
        nights.get(0).date().equals(nights.get(last).date())
            ? nights.get(0).date().toString()
            : nights.get(0).date() + " to " + nights.get(last).date());
    html.add("</svg>\n");
  }

  private static String dayOf(Night night) {
    return String.format(
        Locale.ROOT, "%02d-%02d", night.date().getMonthValue(), night.date().getDayOfMonth());
  }

  /** A level to read values against, such as a threshold. */
  void level(double value, String style, String told) {
    html.add(
        "<line class=\"level %s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>"
            + "<text class=\"over\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
        style,
        Chart.LEFT,
        Chart.WIDTH - Chart.RIGHT,
        y.at(value),
        y.at(value),
        Chart.LEFT + 3,
        y.at(value) - 4,
        told);
  }

  /** The ground between two values of each night, where it has them. */
  void band(String style, Function<Night, double @Nullable []> bounds) {
    for (List<Integer> stretch : stretches(night -> bounds.apply(night) != null)) {
      StringBuilder path = new StringBuilder();
      for (int at : stretch) {
        path.append(Chart.place(path.isEmpty() ? "M" : "L", x.at(at), y.at(of(bounds, at)[1])));
      }
      for (int i = stretch.size() - 1; i >= 0; i--) {
        int at = stretch.get(i);
        path.append(Chart.place("L", x.at(at), y.at(of(bounds, at)[0])));
      }
      html.add("<path class=\"%s\" d=\"%sZ\"/>\n", style, path);
    }
  }

  private double[] of(Function<Night, double @Nullable []> bounds, int at) {
    double[] found = bounds.apply(nights.get(at));
    return found == null ? new double[2] : found;
  }

  /**
   * A line from night to night.
   *
   * @param value not a number where a night has none
   */
  void line(String style, ToDoubleFunction<Night> value) {
    for (List<Integer> stretch : stretches(night -> !Double.isNaN(value.applyAsDouble(night)))) {
      StringBuilder path = new StringBuilder();
      if (stretch.size() == 1) {
        path.append(alone(stretch.get(0), value));
      }
      for (int at : stretch.size() == 1 ? List.<Integer>of() : stretch) {
        path.append(
            Chart.place(
                path.isEmpty() ? "M" : "L", x.at(at), y.at(value.applyAsDouble(nights.get(at)))));
      }
      html.add("<path class=\"%s\" d=\"%s\"/>\n", style, path);
    }
  }

  /** A line from one night to itself could not be seen. */
  private String alone(int at, ToDoubleFunction<Night> value) {
    double height = y.at(value.applyAsDouble(nights.get(at)));
    return Chart.place("M", x.at(at - 0.3), height) + Chart.place("L", x.at(at + 0.3), height);
  }

  /**
   * A mark for each night, with what it tells where a pointer rests on it.
   *
   * @param value not a number where a night has none
   */
  void knots(ToDoubleFunction<Night> value, Function<Night, String> told) {
    for (int at = 0; at < nights.size(); at++) {
      Night night = nights.get(at);
      double of = value.applyAsDouble(night);
      boolean needed = nights.size() <= MOST_KNOTS || night.equals(now) || !night.isLike(now);
      if (!Double.isNaN(of) && needed) {
        html.add(
            "<circle class=\"knot%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>%s</title></circle>\n",
            night.isLike(now) ? "" : " hollow",
            x.at(at),
            y.at(of),
            night.equals(now) ? "5" : "3",
            title(night, told));
      }
    }
  }

  /** The same as squares, for what another picture's knots are beside. */
  void squares(ToDoubleFunction<Night> value, Function<Night, String> told) {
    for (int at = 0; at < nights.size(); at++) {
      double of = value.applyAsDouble(nights.get(at));
      if (!Double.isNaN(of)) {
        html.add(
            "<rect class=\"square\" x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\"><title>%s</title></rect>\n",
            x.at(at) - 3, y.at(of) - 3, title(nights.get(at), told));
      }
    }
  }

  /**
   * A bar's part for each night.
   *
   * @param bounds where it begins and ends; null where a night has none
   */
  void bars(
      String style, Function<Night, double @Nullable []> bounds, Function<Night, String> told) {
    double width = Math.max(1, 0.7 * (x.at(1) - x.at(0)));
    for (int at = 0; at < nights.size(); at++) {
      double[] of = bounds.apply(nights.get(at));
      if (of != null && of[1] > of[0]) {
        html.add(
            "<rect class=\"%s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>\n",
            style,
            nights.get(at).isLike(now) ? "" : " unlike",
            x.at(at) - width / 2,
            y.at(of[1]),
            width,
            y.at(of[0]) - y.at(of[1]),
            title(nights.get(at), told));
      }
    }
  }

  private static String title(Night night, Function<Night, String> told) {
    return night.name() + ", " + night.date() + ": " + told.apply(night);
  }

  /** Runs of nights that follow each other, are alike and have what is drawn. */
  private List<List<Integer>> stretches(Predicate<Night> has) {
    List<List<Integer>> found = new ArrayList<>();
    List<Integer> stretch = new ArrayList<>();
    for (int at = 0; at < nights.size(); at++) {
      boolean goesOn =
          !stretch.isEmpty() && nights.get(stretch.get(stretch.size() - 1)).isLike(nights.get(at));
      if (!has.test(nights.get(at)) || !goesOn) {
        if (!stretch.isEmpty()) {
          found.add(stretch);
        }
        stretch = new ArrayList<>();
      }
      if (has.test(nights.get(at))) {
        stretch.add(at);
      }
    }
    if (!stretch.isEmpty()) {
      found.add(stretch);
    }
    return found;
  }
}
