package io.touchstone.selection.report.page;

import io.touchstone.selection.report.Figure;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.RunFigures;
import io.touchstone.selection.report.history.History;
import io.touchstone.selection.report.history.Night;
import java.util.List;

/** What the page says of other nights. */
final class HistorySection {

  private static final int MOST_NAMED = 20;

  private final Html html;
  private final History history;
  private final List<Night> nights;
  private final Night now;

  private HistorySection(Html html, History history) {
    this.html = html;
    this.history = history;
    this.nights = history.nights();
    this.now = history.now();
  }

  static void write(Html html, History history) {
    new HistorySection(html, history).write();
  }

  private void write() {
    html.add("<section>\n<h2>Night after night</h2>\n");
    found();
    if (nights.size() > 1) {
      legend();
      history.trends().forEach(trend -> new TrendSection(html, history, trend).write());
      runs();
    }
    html.add("</section>\n");
  }

  private void found() {
    if (nights.size() == 1) {
      html.add("<p>No report of another night lies in <bdi>%s</bdi>.</p>\n", history.folder());
    } else {
      html.add(
          "<p>%s nights of <bdi>%s</bdi>, this one among them, one step each. A night's date is the one"
              + " in its folder's name, or else the day on which its run was finished.",
          Figure.count(nights.size()), history.folder());
      if (history.leftOut() > 0) {
        html.add(" %s others are not drawn: these are the last.", Figure.count(history.leftOut()));
      }
      html.add("</p>\n");
    }
    List<Report.SkippedReport> skipped = history.skipped();
    if (!skipped.isEmpty()) {
      html.add(
          "<details><summary>%s files are no reports of a night, and were left out</summary><ul"
              + " class=\"small path\">\n",
          Figure.count(skipped.size()));
      for (Report.SkippedReport file : skipped.subList(0, Math.min(MOST_NAMED, skipped.size()))) {
        html.add("<li><bdi>%s</bdi>: %s</li>\n", file.file(), file.reason());
      }
      if (skipped.size() > MOST_NAMED) {
        html.add("<li>and %s more</li>\n", Figure.count(skipped.size() - MOST_NAMED));
      }
      html.add("</ul></details>\n");
    }
  }

  private void legend() {
    html.add(
        "<p class=\"legend small soft\"><span><span class=\"key knot-key this\"></span>this"
            + " night</span><span><span class=\"key knot-key\"></span>another</span>");
    if (nights.stream().anyMatch(night -> !night.isLike(now))) {
      html.add(
          "<span><span class=\"key knot-key hollow\"></span>made by another model, or with other"
              + " settings; no line leads there</span>");
    }
    html.add("</p>\n");
  }

  static String nameOf(Night night) {
    String date = night.date().toString();
    return night.name().contains(date) && night.name().length() <= 24
        ? night.name()
        : date + " " + ReportPage.titleOf(night.name());
  }

  /** Whether a night was made as the one that is reported on, or in what it differs. */
  static String likeness(Night night, Night now) {
    if (night.equals(now)) {
      return "this one";
    }
    List<String> differences = night.differencesFrom(now);
    return differences.isEmpty()
        ? "yes"
        : "no: other "
            + String.join(", ", differences)
            + (differences.contains("model")
                ? " (" + ReportPage.lastOf(night.run().model().path()) + ")"
                : "");
  }

  private void runs() {
    html.add("<h3>Rows and throughput</h3>\n<div class=\"charts\">\n");
    double rejected = nights.stream().mapToDouble(Night::rejectedShare).max().orElse(0);
    html.add("<figure><figcaption>Share of the rows that were rejected</figcaption>\n");
    NightChart chart =
        NightChart.open(
            html,
            nights,
            now,
            "Rejected rows by night, at most " + Figure.percent(rejected),
            0,
            Math.max(0.01, rejected * 1.1),
            " %",
            100);
    chart.bars(
        "bar",
        night -> new double[] {0, night.rejectedShare()},
        night -> Figure.count(night.run().rows().rejected()) + " rejected");
    chart.close();
    html.add("</figure>\n");
    double most =
        nights.stream()
            .mapToDouble(HistorySection::speed)
            .filter(of -> !Double.isNaN(of))
            .max()
            .orElse(0);
    if (most > 0) {
      html.add(
          "<figure><figcaption>Rows a second, of nights that were made in one go</figcaption>\n");
      chart = NightChart.open(html, nights, now, "Rows a second by night", 0, most * 1.1, "", 1);
      chart.line("course", HistorySection::speed);
      chart.knots(HistorySection::speed, night -> Figure.rate(speed(night)) + " rows a second");
      chart.close();
      html.add("</figure>\n");
    }
    html.add("</div>\n<details><summary>Rows and runs by night</summary>\n");
    Table table =
        new Table(html, "Rows and runs by night")
            .texts("night")
            .numbers("rows", "rejected", "responses", "rows a second", "tokens a second")
            .texts("finished", "as this one")
            .open();
    for (Night night : nights) {
      RunFigures.Speed speed = night.run().speed();
      table.row(
          nameOf(night),
          Figure.count(night.run().rows().out()),
          Figure.count(night.run().rows().rejected()),
          Figure.count(night.responses()),
          speed == null ? "–" : Figure.rate(speed.rowsPerSecond()),
          speed == null ? "–" : Figure.rate(speed.tokensPerSecond()),
          ReportPage.moment(night.run().finished()),
          likeness(night, now));
    }
    table.close();
    html.add("</details>\n");
  }

  private static double speed(Night night) {
    RunFigures.Speed speed = night.run().speed();
    return speed == null ? Double.NaN : speed.rowsPerSecond();
  }
}
