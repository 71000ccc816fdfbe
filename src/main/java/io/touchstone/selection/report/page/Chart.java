package io.touchstone.selection.report.page;

import io.touchstone.selection.report.AnswerFigures;
import io.touchstone.selection.report.AnswerTally;
import io.touchstone.selection.report.ColumnFigures;
import io.touchstone.selection.report.Distribution;
import io.touchstone.selection.report.Figure;
import io.touchstone.selection.report.Histogram;
import io.touchstone.selection.report.LengthBias;
import io.touchstone.selection.report.LengthPicture;
import io.touchstone.selection.report.Preference;
import java.util.List;
import java.util.Locale;

/** Pictures as SVG within the page; colours come from its style sheet. */
final class Chart {
  static final double WIDTH = 420;
  static final double HEIGHT = 230;
  static final double LEFT = 46;
  static final double RIGHT = 12;
  static final double TOP = 10;
  static final double BOTTOM = 40;
  static final double SPARK_WIDTH = 120;
  static final double SPARK_HEIGHT = 26;

  private final Html html;
  private final Axis x;
  private final Axis y;

  Chart(Html html, Axis x, Axis y) {
    this.html = html;
    this.x = x;
    this.y = y;
  }

  static Axis across(Axis.Scale scale, double low, double high) {
    return new Axis(scale, low, high, LEFT, WIDTH - RIGHT);
  }

  static Axis upwards(double low, double high) {
    return new Axis(Axis.Scale.LINEAR, low, high, HEIGHT - BOTTOM, TOP);
  }

  /** Bars are shares of this result's scores, the line those of the older one's. */
  static void histogram(Html html, String title, Histogram histogram, Distribution scores) {
    shares(html, title, histogram, scores, "score");
  }

  /**
   * The same of what chosen responses have more than rejected ones, with a mark where that is 0.
   */
  static void margins(Html html, String column, Preference pairs) {
    shares(html, "Margins of " + column, pairs.histogram(), pairs.margin(), "margin");
  }

  private static void shares(
      Html html, String title, Histogram histogram, Distribution scores, String what) {
    double most = Math.max(most(histogram.shares()), most(histogram.olderShares()));
    Chart chart =
        new Chart(
            html,
            across(Axis.Scale.LINEAR, histogram.low(), histogram.high()),
            upwards(0, most * 1.05));
    chart.open(
        String.format(
            Locale.ROOT,
            "%s: nine in ten %ss lie between %s and %s",
            title,
            what,
            Figure.text(scores.quantile(5)),
            Figure.text(scores.quantile(95))));
    chart.upwardsTicks(" %", 100);
    for (int i = 0; i < histogram.shares().size(); i++) {
      chart.bar(histogram, i, what);
    }
    if (what.equals("margin") && histogram.low() < 0 && histogram.high() > 0) {
      chart.upright(0);
    }
    if (!histogram.olderShares().isEmpty()) {
      chart.outline(histogram);
    }
    chart.acrossTicks(what);
    html.add("</svg>\n");
  }

  private static double most(List<Double> shares) {
    return shares.stream().mapToDouble(share -> share).max().orElse(0);
  }

  private void bar(Histogram histogram, int bin, String what) {
    double share = histogram.shares().get(bin);
    bar("bar", histogram.edges(), bin, 0, share, Figure.percent(share) + " of the " + what + "s");
  }

  /**
   * @param above where it begins, as a share of all
   */
  private void bar(
      String style, List<Double> edges, int bin, double above, double share, String told) {
    double left = x.at(edges.get(bin));
    double top = y.at(above + share);
    html.add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s to %s:"
            + " %s</title></rect>\n",
        style,
        left + 0.5,
        top,
        Math.max(1, x.at(edges.get(bin + 1)) - left - 1),
        y.at(above) - top,
        Figure.brief(edges.get(bin)),
        Figure.brief(edges.get(bin + 1)),
        told);
  }

  /** Bars are shares of the answers by tokens, and on top those that had to end. */
  static void answers(Html html, AnswerFigures figures) {
    LengthPicture picture = figures.picture();
    List<Double> edges = picture.edges();
    Chart chart =
        new Chart(
            html,
            across(Axis.Scale.LINEAR, edges.get(0), edges.get(edges.size() - 1)),
            upwards(0, most(picture.shares()) * 1.05));
    chart.open(
        String.format(
            Locale.ROOT,
            "Generated tokens of an answer: nine in ten have between %s and %s; %s of the answers"
                + " ended at the most tokens allowed",
            Figure.brief(figures.tokens().quantile(5)),
            Figure.brief(figures.tokens().quantile(95)),
            Figure.percent(figures.share(figures.finished(AnswerTally.LENGTH)))));
    html.add(
        "<defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\""
            + " patternTransform=\"rotate(45)\"><rect class=\"hatched\" width=\"5\" height=\"5\"/>"
            + "<rect class=\"gap\" width=\"1.5\" height=\"5\"/></pattern></defs>\n");
    chart.upwardsTicks(" %", 100);
    for (int i = 0; i < picture.shares().size(); i++) {
      double cut = picture.cutShares().get(i);
      double own = picture.shares().get(i) - cut;
      String some = " of the answers ended ";
      chart.bar("bar", edges, i, 0, own, Figure.percent(own) + some + "by themselves");
      chart.bar("cut", edges, i, own, cut, Figure.percent(cut) + some + "at the most tokens");
    }
    chart.acrossTicks("generated tokens");
    html.add("</svg>\n");
  }

  private void upright(double value) {
    html.add(
        "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
        x.at(value), x.at(value), TOP, HEIGHT - BOTTOM);
  }

  private void outline(Histogram histogram) {
    List<Double> shares = histogram.olderShares();
    StringBuilder path = new StringBuilder(place("M", x.at(histogram.edge(0)), y.at(0)));
    for (int i = 0; i < shares.size(); i++) {
      path.append(place("L", x.at(histogram.edge(i)), y.at(shares.get(i))));
      path.append(place("L", x.at(histogram.edge(i + 1)), y.at(shares.get(i))));
    }
    path.append(place("L", x.at(histogram.high()), y.at(0)));
    html.add("<path class=\"older\" d=\"%s\"/>\n", path);
  }

  /** Responses as dots, with the median and the middle half of their scores by length. */
  static void lengths(Html html, String column, ColumnFigures figures) {
    List<LengthBias.Bin> bins = figures.length().bins();
    int least = bins.get(0).from();
    int most = bins.get(bins.size() - 1).to();
    int usual = bins.get(bins.size() / 2).middle();
    Axis.Scale scale = most > 10L * usual ? Axis.Scale.LOGARITHMIC : Axis.Scale.LINEAR;
    Histogram histogram = figures.histogram();
    Chart chart =
        new Chart(html, across(scale, least, most), upwards(histogram.low(), histogram.high()));
    chart.open("Scores of " + column + " against response length. " + figures.length().sentence());
    chart.upwardsTicks("", 1);
    for (LengthBias.Point point : figures.length().points()) {
      html.add(
          "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>\n",
          chart.x.at(point.length()), chart.y.at(point.score()));
    }
    if (bins.size() > 1 && figures.length().isDrawnAsLine()) {
      chart.course(bins);
    }
    chart.acrossTicks("characters in the response");
    html.add("</svg>\n");
  }

  private void course(List<LengthBias.Bin> bins) {
    StringBuilder band = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (LengthBias.Bin bin : bins) {
      band.append(place(band.isEmpty() ? "M" : "L", x.at(bin.middle()), y.at(bin.upper())));
      line.append(place(line.isEmpty() ? "M" : "L", x.at(bin.middle()), y.at(bin.median())));
    }
    for (int i = bins.size() - 1; i >= 0; i--) {
      band.append(place("L", x.at(bins.get(i).middle()), y.at(bins.get(i).lower())));
    }
    html.add("<path class=\"band\" d=\"%sZ\"/>\n<path class=\"course\" d=\"%s\"/>\n", band, line);
    for (LengthBias.Bin bin : bins) {
      html.add(
          "<circle class=\"knot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s to %s characters: median"
              + " %s of %s</title></circle>\n",
          x.at(bin.middle()),
          y.at(bin.median()),
          Figure.count(bin.from()),
          Figure.count(bin.to()),
          Figure.text(bin.median()),
          Figure.count(bin.count()));
    }
  }

  /** A histogram without axes, for a table. */
  static void spark(Html html, List<Double> shares) {
    double most = Math.max(most(shares), Double.MIN_NORMAL);
    double width = SPARK_WIDTH / shares.size();
    html.add(
        "<svg class=\"spark\" aria-hidden=\"true\" viewBox=\"0 0 %.0f %.0f\">",
        SPARK_WIDTH, SPARK_HEIGHT);
    for (int i = 0; i < shares.size(); i++) {
      double height = shares.get(i) / most * SPARK_HEIGHT;
      if (height > 0) {
        html.add(
            "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
            i * width, SPARK_HEIGHT - height, Math.max(1, width - 0.6), height);
      }
    }
    html.add("</svg>");
  }

  void open(String name) {
    html.add(
        "<svg class=\"chart\" role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %.0f %.0f\">\n",
        name, WIDTH, HEIGHT);
  }

  void upwardsTicks(String unit, double times) {
    for (double tick : y.ticks()) {
      html.add(
          "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>"
              + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
          LEFT,
          WIDTH - RIGHT,
          y.at(tick),
          y.at(tick),
          LEFT - 6,
          y.at(tick) + 4,
          Figure.brief(tick * times) + unit);
    }
  }

  private void acrossTicks(String title) {
    ground();
    for (double tick : x.ticks()) {
      acrossTick(x.at(tick), tick >= 10_000 ? Figure.count((long) tick) : Figure.brief(tick));
    }
    acrossTitle(title);
  }

  void ground() {
    double bottom = HEIGHT - BOTTOM;
    html.add(
        "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
        LEFT, WIDTH - RIGHT, bottom, bottom);
  }

  void acrossTick(double at, String told) {
    html.add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n",
        at, HEIGHT - BOTTOM + 15, told);
  }

  void acrossTitle(String title) {
    html.add(
        "<text class=\"title\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, title);
  }

  static String place(String move, double x, double y) {
    return String.format(Locale.ROOT, "%s%.1f %.1f ", move, x, y);
  }
}
