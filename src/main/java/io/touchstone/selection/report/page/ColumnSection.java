package io.touchstone.selection.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page says of one column. */
final class ColumnSection {
  private static final int[] COMPARED = {1, 5, 25, 50, 75, 95, 99};

  private final Html html;
  private final String name;
  private final ColumnFigures figures;

  ColumnSection(Html html, String name, ColumnFigures figures) {
    this.html = html;
    this.name = name;
    this.figures = figures;
  }

  void write() {
    html.add("<section>\n<h2><bdi>%s</bdi></h2>\n", name);
    tiles();
    charts();
    DriftFigures drift = figures.drift();
    if (drift != null) {
      drift(drift);
    }
    sources();
    extremes("Highest", figures.highest());
    extremes("Lowest", figures.lowest());
    html.add("</section>\n");
  }

  private void tiles() {
    Distribution scores = figures.scores();
    html.add("<dl class=\"tiles\">\n");
    html.tile("scores", Figure.count(scores.count()));
    html.tile("mean", Figure.text(scores.mean()));
    html.tile("standard deviation", Figure.text(scores.std()));
    html.tile("median", Figure.text(scores.median()));
    html.tile("lowest", Figure.text(scores.min()));
    html.tile("highest", Figure.text(scores.max()));
    html.add("</dl>\n");
  }

  private void charts() {
    html.add("<div class=\"charts\">\n<figure><figcaption>Share of the scores, by score");
    if (figures.drift() != null) {
      html.add(
          "<br/><span class=\"legend\"><span><span class=\"key\"></span>this result</span>"
              + "<span><span class=\"key line\"></span>the older one</span></span>");
    }
    html.add("</figcaption>\n");
    Chart.histogram(html, name, figures.histogram(), figures.scores());
    LengthBias length = figures.length();
    html.add(
        "</figure>\n<figure><figcaption>%s Pearson %s.<br/><span class=\"legend\"><span><span"
            + " class=\"key line\"></span>median and middle half, by length</span></span>"
            + "</figcaption>\n",
        length.sentence(), Figure.correlation(length.pearson()));
    Chart.lengths(html, name, figures);
    html.add("</figure>\n</div>\n");
  }

  private void drift(DriftFigures drift) {
    html.add("<h3>Against the older result</h3>\n<dl class=\"tiles\">\n");
    html.tile("population stability index", Figure.text(drift.psi()));
    html.tile("… by chance, 1 in 100", Figure.text(drift.psiBound()));
    html.tile("Kolmogorov-Smirnov", Figure.text(drift.ks()));
    html.tile("… by chance, 1 in 20", Figure.text(drift.ksByChance()));
    html.add(
        "</dl>\n<div class=\"scroll\"><table>\n<tr><th>quantile</th><th>older</th><th>this</th>"
            + "<th>change</th></tr>\n");
    Distribution older = drift.older();
    Distribution newer = figures.scores();
    row("lowest", older.min(), newer.min());
    for (int percent : COMPARED) {
      row(
          percent == 50 ? "median" : percent + " %",
          older.quantile(percent),
          newer.quantile(percent));
    }
    row("highest", older.max(), newer.max());
    row("mean", older.mean(), newer.mean());
    row("standard deviation", older.std(), newer.std());
    html.add(
        "<tr><td>scores</td><td>%s</td><td>%s</td><td></td></tr>\n</table></div>\n",
        Figure.count(older.count()), Figure.count(newer.count()));
  }

  private void row(String term, double older, double newer) {
    html.add(
        "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
        term, Figure.text(older), Figure.text(newer), Figure.change(older, newer));
  }

  private void sources() {
    html.add(
        "<h3>By input file</h3>\n<div class=\"scroll\"><table>\n<tr><th>file</th><th>scores</th>"
            + "<th>mean</th><th>deviation</th><th>5 %</th><th>median</th><th>95 %</th>"
            + "<th class=\"text\">distribution</th></tr>\n");
    figures
        .bySource()
        .forEach(
            (source, of) -> {
              Distribution scores = of.scores();
              html.add(
                  "<tr><td class=\"name\"><bdi title=\"%s\">%s</bdi></td><td>%s</td><td>%s</td><td>%s</td>"
                      + "<td>%s</td><td>%s</td><td>%s</td><td class=\"text\">",
                  source,
                  ReportPage.lastOf(source),
                  Figure.count(scores.count()),
                  Figure.text(scores.mean()),
                  Figure.text(scores.std()),
                  Figure.text(scores.quantile(5)),
                  Figure.text(scores.median()),
                  Figure.text(scores.quantile(95)));
              Chart.spark(html, of.shares());
              html.add("</td></tr>\n");
            });
    html.add("</table></div>\n");
  }

  private void extremes(String title, List<Extreme> extremes) {
    if (extremes.isEmpty()) {
      return;
    }
    html.add("<h3>%s</h3>\n", title);
    if (extremes.get(0).text() == null) {
      html.add(
          "<div class=\"scroll\"><table>\n<tr><th>score</th><th class=\"text\">row</th>"
              + "<th>response</th><th>characters</th></tr>\n");
      for (Extreme extreme : extremes) {
        html.add(
            "<tr><td>%s</td><td class=\"text\"><bdi>%s</bdi>, line %s</td><td>%d</td><td>%s</td></tr>\n",
            Figure.text(extreme.score()),
            extreme.file(),
            Figure.count(extreme.line()),
            extreme.response(),
            Figure.count(extreme.length()));
      }
      html.add("</table></div>\n");
      return;
    }
    for (Extreme extreme : extremes) {
      html.add(
          "<div class=\"said\"><p class=\"small\"><b>%s</b> <span class=\"soft\"><bdi>%s</bdi>, line"
              + " %s, response %d, %s characters</span></p>",
          Figure.text(extreme.score()),
          extreme.file(),
          Figure.count(extreme.line()),
          extreme.response(),
          Figure.count(extreme.length()));
      quote("quote", extreme.question());
      quote("quote answer", extreme.text());
      html.add("</div>\n");
    }
  }

  private void quote(String style, @Nullable String text) {
    if (text != null) {
      html.add("<div class=\"%s\" dir=\"auto\">%s</div>", style, text.isEmpty() ? "(empty)" : text);
    }
  }
}
