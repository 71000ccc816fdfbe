package io.touchstone.selection.report.page;

import io.touchstone.selection.report.ColumnFigures;
import io.touchstone.selection.report.Distribution;
import io.touchstone.selection.report.DriftFigures;
import io.touchstone.selection.report.DriftLimit;
import io.touchstone.selection.report.Extreme;
import io.touchstone.selection.report.Figure;
import io.touchstone.selection.report.LengthBias;
import io.touchstone.selection.report.Preference;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the page says of one column. */
final class ColumnSection {
  private static final int[] COMPARED = {1, 5, 25, 50, 75, 95, 99};

  private final Html html;
  private final String name;
  private final ColumnFigures figures;
  private final @Nullable DriftLimit limit;

  /**
   * @param limit how far scores may drift; null where none was set
   */
  ColumnSection(Html html, String name, ColumnFigures figures, @Nullable DriftLimit limit) {
    this.html = html;
    this.name = name;
    this.figures = figures;
    this.limit = limit;
  }

  void write() {
    html.add("<section>\n<h2><bdi>%s</bdi></h2>\n", name);
    tiles();
    charts();
    labels();
    Preference preference = figures.preference();
    if (preference != null) {
      preference(preference);
    }
    DriftFigures drift = figures.drift();
    if (drift != null) {
      drift(drift);
    }
    sources();
    html.add("<div class=\"halves\">\n");
    extremes("Highest", figures.highest());
    extremes("Lowest", figures.lowest());
    html.add("</div>\n</section>\n");
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
      beside();
    }
    html.add("</figcaption>\n");
    Chart.histogram(html, "Distribution of " + name, figures.histogram(), figures.scores());
    LengthBias length = figures.length();
    html.add(
        "</figure>\n<figure><figcaption>%s Pearson %s.<br/>",
        length.sentence(), Figure.correlation(length.pearson()));
    html.add(
        length.isDrawnAsLine()
            ? "<span class=\"legend\"><span><span class=\"key line\"></span>median and middle half, by"
                + " length</span></span>"
            : "Each dot is a response; of fewer than "
                + LengthBias.LEAST_FOR_LINE
                + " no line is drawn.");
    html.add("</figcaption>\n");
    Chart.lengths(html, name, figures);
    html.add("</figure>\n</div>\n");
  }

  private void beside() {
    html.add(
        "<br/><span class=\"legend\"><span><span class=\"key\"></span>this result</span>"
            + "<span><span class=\"key line\"></span>the older one</span></span>");
  }

  private void labels() {
    SortedMap<Long, Long> labels = figures.labels();
    SortedMap<Long, Long> older = figures.olderLabels();
    if (labels.isEmpty()) {
      return;
    }
    html.add("<h3>Labels</h3>\n");
    Table table =
        new Table(html, "How often each label was given").texts("label").numbers("count", "share");
    if (!older.isEmpty()) {
      table.numbers("share before");
    }
    table.open();
    TreeSet<Long> all = new TreeSet<>(labels.keySet());
    all.addAll(older.keySet());
    long before = older.values().stream().mapToLong(count -> count).sum();
    for (long label : all) {
      long count = labels.getOrDefault(label, 0L);
      String share = Figure.percent((double) count / figures.scores().count());
      if (older.isEmpty()) {
        table.row(Long.toString(label), Figure.count(count), share);
      } else {
        table.row(
            Long.toString(label),
            Figure.count(count),
            share,
            Figure.percent((double) older.getOrDefault(label, 0L) / before));
      }
    }
    table.close();
  }

  private void preference(Preference pairs) {
    html.add("<h3>Chosen and rejected</h3>\n<div class=\"halves\">\n<dl class=\"tiles\">\n");
    String within =
        String.format(
            Locale.ROOT,
            "95 %% certain: %s to %s",
            Figure.percent(pairs.low()),
            Figure.percent(pairs.high()));
    Double before = pairs.olderWinRate();
    html.tile("win rate: chosen is higher", Figure.percent(pairs.winRate()), within);
    if (before != null) {
      html.tile("… in the older result", Figure.percent(before));
    }
    html.tile("pairs", Figure.count(pairs.pairs()), "in " + Figure.count(pairs.rows()) + " rows");
    html.tile("of equal scores", Figure.count(pairs.ties()));
    html.tile(
        "margin, mean",
        Figure.mean(pairs.margin().mean(), pairs.margin().std()),
        "chosen less rejected");
    html.tile("… median", Figure.text(pairs.margin().median()));
    html.tile(
        "… nine in ten lie between",
        Figure.text(pairs.margin().quantile(5))
            + " and "
            + Figure.text(pairs.margin().quantile(95)));
    html.add("</dl>\n<figure><figcaption>Share of the pairs, by margin");
    if (before != null) {
      beside();
    }
    html.add("</figcaption>\n");
    Chart.margins(html, name, pairs);
    html.add("</figure>\n</div>\n");
  }

  private void drift(DriftFigures drift) {
    html.add("<h3>Against the older result</h3>\n<div class=\"halves\">\n<dl class=\"tiles\">\n");
    html.tile(
        "population stability index",
        Figure.text(drift.psi()),
        String.format(
            Locale.ROOT,
            "slight from %s, a shift from %s, if chance does not explain it",
            Figure.brief(DriftFigures.SLIGHT),
            Figure.brief(DriftFigures.SHIFT)));
    html.tile("… by chance", Figure.text(drift.psiBound()), "passed once in 100 times");
    if (limit != null) {
      html.tile("… allowed", Figure.text(limit.of(drift)), "by --max-drift " + limit.typed());
    }
    html.tile(
        "Kolmogorov-Smirnov",
        Figure.text(drift.ks()),
        "chance passes " + Figure.text(drift.ksByChance()) + " once in 20 times");
    html.add("</dl>\n");
    Distribution older = drift.older();
    Distribution newer = figures.scores();
    Table table =
        new Table(html, "Quantiles of the scores in both results")
            .texts("quantile")
            .numbers("older", "this", "change")
            .open();
    row(table, "lowest", older.min(), newer.min());
    for (int percent : COMPARED) {
      row(
          table,
          percent == 50 ? "median" : percent + " %",
          older.quantile(percent),
          newer.quantile(percent));
    }
    row(table, "highest", older.max(), newer.max());
    row(table, "mean", older.mean(), newer.mean());
    row(table, "standard deviation", older.std(), newer.std());
    table.row("scores", Figure.count(older.count()), Figure.count(newer.count()), "");
    table.close();
    html.add("</div>\n");
  }

  private static void row(Table table, String term, double older, double newer) {
    table.row(term, Figure.text(older), Figure.text(newer), Figure.change(older, newer));
  }

  private void sources() {
    html.add("<h3>By input file</h3>\n");
    boolean paired = figures.preference() != null;
    Table table = new Table(html, "Scores of each input file").texts("file").numbers("scores");
    if (paired) {
      table.numbers("win rate");
    }
    table.numbers("mean", "deviation", "5 %", "median", "95 %").texts("distribution").open();
    figures
        .bySource()
        .forEach(
            (source, of) -> {
              Distribution scores = of.scores();
              Double winRate = of.winRate();
              html.add(
                  "<tr><th scope=\"row\" class=\"name\"><bdi title=\"%s\">%s</bdi></th><td>%s</td>",
                  source, ReportPage.lastOf(source), Figure.count(scores.count()));
              if (paired) {
                html.add("<td>%s</td>", winRate == null ? "–" : Figure.percent(winRate));
              }
              html.add(
                  "<td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"text\">",
                  Figure.text(scores.mean()),
                  Figure.text(scores.std()),
                  Figure.text(scores.quantile(5)),
                  Figure.text(scores.median()),
                  Figure.text(scores.quantile(95)));
              Chart.spark(html, of.shares());
              html.add("</td></tr>\n");
            });
    table.close();
  }

  private void extremes(String title, List<Extreme> extremes) {
    if (extremes.isEmpty()) {
      return;
    }
    html.add("<div>\n<h3>%s</h3>\n", title);
    if (extremes.get(0).text() == null) {
      Table table =
          new Table(html, "Where the " + title.toLowerCase(Locale.ROOT) + " scores stand")
              .texts("score", "row")
              .numbers("characters")
              .open();
      for (Extreme extreme : extremes) {
        html.add(
            "<tr><th scope=\"row\">%s</th><td class=\"text name\"><bdi>%s</bdi></td><td>%s</td></tr>\n",
            Figure.text(extreme.score()), place(extreme), Figure.count(extreme.length()));
      }
      table.close();
    } else {
      extremes.forEach(this::said);
    }
    html.add("</div>\n");
  }

  private static String place(Extreme extreme) {
    return extreme.file()
        + ", line "
        + Figure.count(extreme.line())
        + ", response "
        + extreme.response();
  }

  private void said(Extreme extreme) {
    html.add(
        "<div class=\"said\"><p class=\"small\"><b>%s</b> <span class=\"soft\"><bdi>%s</bdi>, %s"
            + " characters</span></p>",
        Figure.text(extreme.score()), place(extreme), Figure.count(extreme.length()));
    quote("quote", extreme.question());
    quote("quote answer", extreme.text());
    html.add("</div>\n");
  }

  private void quote(String style, @Nullable String text) {
    if (text != null) {
      html.add(
          "<div class=\"%s\" dir=\"auto\" tabindex=\"0\">%s</div>",
          style, text.isEmpty() ? "(empty)" : text);
    }
  }
}
