package io.touchstone.selection.report.page;

import io.touchstone.selection.report.Distribution;
import io.touchstone.selection.report.Figure;
import io.touchstone.selection.report.Improvement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the page says of edits, and of the jobs that have led to them. */
final class ImprovementSection {
  private final Html html;
  private final Improvement figures;

  private ImprovementSection(Html html, Improvement figures) {
    this.html = html;
    this.figures = figures;
  }

  static void write(Html html, @Nullable Improvement figures) {
    if (figures != null) {
      new ImprovementSection(html, figures).write();
    }
  }

  private void write() {
    html.add("<section>\n<h2>Before and after editing</h2>\n");
    html.add("<p>%s</p>\n", sentence());
    rewards();
    html.add("<div class=\"halves\">\n");
    pairs();
    html.add(
        "<figure><figcaption>Share of the rows, by the reward of their"
            + " best<br/><span class=\"legend\"><span><span class=\"key\"></span>after editing</span>"
            + "<span><span class=\"key line\"></span>best response, before</span></span>"
            + "</figcaption>\n");
    Chart.histogram(html, "Rewards after editing", figures.histogram(), figures.after());
    html.add("</figure>\n</div>\n");
    feedback();
    stages();
    examples();
    html.add("</section>\n");
  }

  private String sentence() {
    Improvement.Pairs pairs = figures.pairs();
    if (pairs == null) {
      return "No edit differs from the response that it was made of.";
    }
    return String.format(
        Locale.ROOT,
        "Of %s rows with an edit that differs from the response %s (%s) are better for it, by %s on"
            + " average, %s are worse and %s as good%s. The response stays where the edit is not better.",
        Figure.count(pairs.count()),
        Figure.count(pairs.better()),
        Figure.percent((double) pairs.better() / pairs.count()),
        Figure.text(pairs.gain()),
        Figure.count(pairs.worse()),
        Figure.count(pairs.equal()),
        pairs.better() + pairs.worse() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; by chance alone better and worse would be as far from even in %s of such trials",
                Figure.percent(pairs.pValue())));
  }

  private void rewards() {
    Table table =
        new Table(html, "Rewards before and after editing")
            .texts("reward of")
            .numbers("count", "mean", "deviation", "5 %", "median", "95 %")
            .open();
    reward(table, "all responses", figures.responses());
    reward(table, "each row's best response", figures.before());
    reward(table, "each row's best response or edit", figures.after());
    table.close();
  }

  private static void reward(Table table, String what, Distribution rewards) {
    table.row(
        what,
        Figure.count(rewards.count()),
        Figure.text(rewards.mean()),
        Figure.text(rewards.std()),
        Figure.text(rewards.quantile(5)),
        Figure.text(rewards.median()),
        Figure.text(rewards.quantile(95)));
  }

  private void pairs() {
    html.add("<dl class=\"tiles\">\n");
    figures
        .wins()
        .forEach(
            (stage, rows) ->
                html.tile(
                    "best is " + (stage.equals("edit") ? "an edit" : "a response"),
                    Figure.percent((double) rows / figures.rows())));
    Improvement.Pairs pairs = figures.pairs();
    if (pairs != null) {
      html.tile("edits that are better", Figure.count(pairs.better()));
      html.tile("… gain on average", pairs.better() == 0 ? "–" : Figure.text(pairs.gain()));
      html.tile("edits that are worse", Figure.count(pairs.worse()));
      html.tile("… lose on average", pairs.worse() == 0 ? "–" : Figure.text(pairs.loss()));
      html.tile("difference of all", Figure.text(pairs.difference()));
      html.tile("sign test, p", Figure.text(pairs.pValue()));
      html.tile("characters of a response", Figure.rate(pairs.responseLength()));
      html.tile("… of its edit", Figure.rate(pairs.editLength()));
    }
    html.tile("rows whose edits change nothing", Figure.count(figures.unchanged()));
    html.tile("rows without an edit", Figure.count(figures.withoutEdit()));
    html.add("</dl>\n");
  }

  private void feedback() {
    Improvement.Feedback feedback = figures.feedback();
    html.add("<h3>Feedback</h3>\n");
    if (feedback.comments() == 0) {
      html.add("<p>None.</p>\n");
      return;
    }
    html.add("<dl class=\"tiles\">\n");
    html.tile("comments", Figure.count(feedback.comments()));
    html.tile("rows with any", Figure.count(feedback.rows()));
    html.tile("find nothing to improve", share(feedback.praise(), feedback.comments()));
    html.tile("have a word of criticism", share(feedback.withKeyword(), feedback.comments()));
    feedback
        .keywords()
        .forEach((keyword, count) -> html.tile("“" + keyword + "”", Figure.count(count)));
    html.tile("characters, mean", Figure.rate(feedback.length()));
    html.add("</dl>\n");
  }

  private static String share(long some, long all) {
    return Figure.percent((double) some / all);
  }

  private void stages() {
    if (figures.stages().isEmpty()) {
      return;
    }
    html.add("<h3>Stages</h3>\n");
    Table table =
        new Table(html, "The jobs that have led here, and their cost")
            .texts("stage", "model")
            .numbers("rows in", "rejected", "tokens presented", "computed", "generated", "time")
            .open();
    for (Improvement.Stage stage : figures.stages()) {
      Double seconds = stage.seconds();
      html.add(
          "<tr><th scope=\"row\"><bdi>%s</bdi></th><td class=\"text\"><bdi title=\"%s\">%s</bdi></td><td>%s</td><td>%s</td><td>%s</td>"
              + "<td>%s</td><td>%s</td><td>%s</td></tr>\n",
          stage.name(),
          stage.model(),
          ReportPage.lastOf(stage.model()),
          Figure.count(stage.rows().in()),
          Figure.count(stage.rows().rejected()),
          Figure.count(stage.tokens().presented()),
          Figure.count(stage.tokens().computed()),
          stage.generated() == 0 ? "–" : Figure.count(stage.generated()),
          seconds == null ? "in several runs" : Figure.seconds(seconds));
    }
    table.close();
  }

  private void examples() {
    if (figures.examples().isEmpty()) {
      return;
    }
    html.add("<h3>Largest gains</h3>\n");
    for (Improvement.Example example : figures.examples()) {
      html.add(
          "<div class=\"said\"><p class=\"small\"><b>%s</b> to <b>%s</b> <span class=\"soft\"><bdi>%s</bdi>,"
              + " line %s</span></p>",
          Figure.text(example.before()),
          Figure.text(example.after()),
          example.file(),
          Figure.count(example.line()));
      quote("quote", example.question());
      quote("quote answer", example.response());
      quote("quote answer", example.edit());
      html.add("</div>\n");
    }
  }

  private void quote(String style, String text) {
    html.add(
        "<div class=\"%s\" dir=\"auto\" tabindex=\"0\">%s</div>",
        style, text.isEmpty() ? "(empty)" : text);
  }
}
