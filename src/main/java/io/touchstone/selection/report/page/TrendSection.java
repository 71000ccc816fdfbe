package io.touchstone.selection.report.page;

import io.touchstone.selection.report.Distribution;
import io.touchstone.selection.report.DriftFigures;
import io.touchstone.selection.report.Figure;
import io.touchstone.selection.report.history.History;
import io.touchstone.selection.report.history.Night;
import io.touchstone.selection.report.history.NightScores;
import io.touchstone.selection.report.history.Trend;
import io.touchstone.selection.statistics.ProfileIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the page says of one column night after night. */
final class TrendSection {

  /** Labels that a bar has room for. */
  private static final int MOST_LABELS = 10;

  private final Html html;
  private final Trend trend;
  private final List<Night> nights;
  private final Night now;
  private final Map<Night, Trend.Point> points = new HashMap<>();

  TrendSection(Html html, History history, Trend trend) {
    this.html = html;
    this.trend = trend;
    this.nights = history.nights();
    this.now = history.now();
    trend.points().forEach(point -> points.put(point.night(), point));
  }

  void write() {
    html.add("<h3><bdi>%s</bdi></h3>\n", trend.column());
    String sentence = trend.sentence();
    if (!sentence.isEmpty()) {
      html.add("<p>%s</p>\n", sentence);
    }
    html.add("<div class=\"charts\">\n");
    scores();
    drift();
    labels();
    html.add("</div>\n");
    table();
  }

  private void scores() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Trend.Point point : points.values()) {
      low =
          Math.min(
              low, Math.min(point.scores().scores().quantile(5), point.scores().scores().mean()));
      high =
          Math.max(
              high, Math.max(point.scores().scores().quantile(95), point.scores().scores().mean()));
    }
    double room = 0.05 * (high - low);
    html.add(
        "<figure><figcaption>Scores<br/><span class=\"legend\"><span><span class=\"key"
            + " line\"></span>median, middle half, middle nine tenths</span><span><span class=\"key"
            + " dashes\"></span>mean</span></span></figcaption>\n");
    NightChart chart =
        NightChart.open(
            html,
            nights,
            now,
            "Scores of " + trend.column() + " by night",
            low - room,
            high + room,
            "",
            1);
    chart.band("band", night -> quantiles(points.get(night), 5, 95));
    chart.band("band", night -> quantiles(points.get(night), 25, 75));
    chart.line("mean", night -> mean(points.get(night)));
    chart.line("course", night -> median(points.get(night)));
    chart.knots(
        night -> median(points.get(night)),
        night ->
            "median "
                + Figure.text(median(points.get(night)))
                + ", mean "
                + Figure.text(mean(points.get(night))));
    chart.close();
    html.add("</figure>\n");
  }

  private static double @Nullable [] quantiles(Trend.@Nullable Point point, int low, int high) {
    return point == null
        ? null
        : new double[] {
          point.scores().scores().quantile(low), point.scores().scores().quantile(high)
        };
  }

  private static double median(Trend.@Nullable Point point) {
    return point == null ? Double.NaN : point.scores().scores().median();
  }

  private static double mean(Trend.@Nullable Point point) {
    return point == null ? Double.NaN : point.scores().scores().mean();
  }

  private void drift() {
    double most = DriftFigures.SHIFT;
    for (Night night : nights) {
      double first = fromFirst(points.get(night));
      double reported = reported(points.get(night));
      most = Math.max(most, Double.isNaN(first) ? 0 : first);
      double chance = chance(points.get(night));
      most = Math.max(most, Double.isNaN(reported) ? 0 : reported);
      most = Math.max(most, Double.isNaN(chance) ? 0 : chance);
    }
    html.add(
        "<figure><figcaption>Drift: population stability index<br/><span class=\"legend\"><span><span"
            + " class=\"key line\"></span>against the first night of this model</span><span><span"
            + " class=\"key dots\"></span>what chance passes once in 100 times</span><span><span"
            + " class=\"key square-key\"></span>as each night's report has it</span></span></figcaption>\n");
    NightChart chart =
        NightChart.open(
            html,
            nights,
            now,
            "Population stability index of "
                + trend.column()
                + " by night; from 0.1 a slight drift, from 0.25 a shift",
            0,
            most * 1.15,
            "",
            1);
    chart.line("chance-line", night -> chance(points.get(night)));
    chart.line("course", night -> fromFirst(points.get(night)));
    chart.squares(
        night -> reported(points.get(night)),
        night ->
            "index "
                + Figure.text(reported(points.get(night)))
                + " in its own report, against "
                + against(points.get(night)));
    chart.knots(
        night -> fromFirst(points.get(night)),
        night ->
            "index about "
                + Figure.text(fromFirst(points.get(night)))
                + " against the first; chance passes "
                + Figure.text(chance(points.get(night))));
    chart.level(DriftFigures.SLIGHT, "warn", "0.1 slight");
    chart.level(DriftFigures.SHIFT, "bad", "0.25 shift");
    chart.close();
    html.add("</figure>\n");
  }

  private static double fromFirst(Trend.@Nullable Point point) {
    ProfileIndex index = point == null ? null : point.fromFirst();
    return index == null ? Double.NaN : index.value();
  }

  private static double chance(Trend.@Nullable Point point) {
    ProfileIndex index = point == null ? null : point.fromFirst();
    return index == null ? Double.NaN : index.bound();
  }

  private static NightScores.@Nullable Reported report(Trend.@Nullable Point point) {
    return point == null ? null : point.scores().reported();
  }

  private static double reported(Trend.@Nullable Point point) {
    NightScores.Reported reported = report(point);
    return reported == null ? Double.NaN : reported.psi();
  }

  private static String against(Trend.@Nullable Point point) {
    NightScores.Reported reported = report(point);
    return reported == null ? "" : ReportPage.titleOf(reported.against());
  }

  private void labels() {
    TreeSet<Long> labels =
        points.values().stream()
            .flatMap(point -> point.scores().labels().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (labels.isEmpty() || labels.size() > MOST_LABELS) {
      return;
    }
    html.add(
        "<figure><figcaption>Share of each label, the lowest at the foot: %s<br/><span"
            + " class=\"legend\">",
        labels.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    int shade = 0;
    for (long label : labels) {
      html.add(
          "<span><span class=\"key shade%d\"></span>%s</span>", shade++ % 5, Long.toString(label));
    }
    html.add("</span></figcaption>\n");
    NightChart chart =
        NightChart.open(
            html,
            nights,
            now,
            "Shares of the labels of " + trend.column() + " by night",
            0,
            1,
            " %",
            100);
    shade = 0;
    for (long label : labels) {
      chart.bars(
          "bar shade" + shade++ % 5,
          night -> part(points.get(night), label),
          night -> label + ": " + share(points.get(night), label));
    }
    chart.close();
    html.add("</figure>\n");
  }

  /** Between the shares of all lower labels and its own. */
  private static double @Nullable [] part(Trend.@Nullable Point point, long label) {
    if (point == null || point.scores().labels().isEmpty()) {
      return null;
    }
    SortedMap<Long, Long> counts = point.scores().labels();
    double all = sum(counts);
    double below = sum(counts.headMap(label));
    return new double[] {below / all, (below + counts.getOrDefault(label, 0L)) / all};
  }

  private static String share(Trend.@Nullable Point point, long label) {
    double[] part = part(point, label);
    return part == null ? "–" : Figure.percent(part[1] - part[0]);
  }

  private static double sum(SortedMap<Long, Long> counts) {
    return counts.values().stream().mapToLong(count -> count).sum();
  }

  private void table() {
    html.add("<details><summary>Its figures by night</summary>\n");
    boolean paired = trend.points().stream().anyMatch(point -> point.scores().winRate() != null);
    Table table =
        new Table(html, "Scores by night")
            .texts("night")
            .numbers("scores", "mean", "deviation", "5 %", "median", "95 %");
    if (paired) {
      table.numbers("win rate");
    }
    table.numbers("index since first", "reported").texts("as this one").open();
    for (Trend.Point point : trend.points()) {
      Distribution scores = point.scores().scores();
      Double winRate = point.scores().winRate();
      html.add(
          "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td>",
          HistorySection.nameOf(point.night()),
          Figure.count(scores.count()),
          Figure.text(scores.mean()),
          Figure.text(scores.std()),
          Figure.text(scores.quantile(5)),
          Figure.text(scores.median()),
          Figure.text(scores.quantile(95)));
      if (paired) {
        html.add("<td>%s</td>", winRate == null ? "–" : Figure.percent(winRate));
      }
      html.add(
          "<td>%s</td><td>%s</td><td class=\"text\">%s</td></tr>\n",
          index(fromFirst(point), point.verdict()),
          index(reported(point), verdict(point)),
          HistorySection.likeness(point.night(), now));
    }
    table.close();
    html.add("</details>\n");
  }

  private static String verdict(Trend.Point point) {
    NightScores.Reported reported = report(point);
    return reported == null ? DriftFigures.NONE : reported.verdict();
  }

  private static String index(double value, String verdict) {
    return Double.isNaN(value)
        ? "–"
        : Figure.text(value) + (verdict.equals(DriftFigures.NONE) ? "" : " " + verdict);
  }
}
