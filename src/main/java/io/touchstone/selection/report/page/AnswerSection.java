package io.touchstone.selection.report.page;

import io.touchstone.selection.report.AnswerFigures;
import io.touchstone.selection.report.AnswerTally;
import io.touchstone.selection.report.Figure;
import org.jspecify.annotations.Nullable;

/** What the page says of generated answers. */
final class AnswerSection {
  private AnswerSection() {}

  static void write(Html html, @Nullable AnswerFigures figures) {
    if (figures == null) {
      return;
    }
    html.add("<section>\n<h2>Generated answers</h2>\n");
    tiles(html, figures);
    html.add(
        "<div class=\"charts\">\n<figure><figcaption>Share of the answers, by generated tokens<br/>"
            + "<span class=\"legend\"><span><span class=\"key\"></span>ended by themselves</span>"
            + "<span><span class=\"key cut\"></span>ended at the most tokens allowed</span></span>"
            + "</figcaption>\n");
    Chart.answers(html, figures);
    html.add("</figure>\n</div>\n");
    sources(html, figures);
    html.add("</section>\n");
  }

  private static void tiles(Html html, AnswerFigures figures) {
    html.add("<dl class=\"tiles\">\n");
    html.tile("answers", Figure.count(figures.answers()));
    figures
        .finishes()
        .forEach(
            (finish, count) ->
                html.tile(
                    finish.equals("eos")
                        ? "ended by themselves"
                        : finish.equals("stop")
                            ? "ended by a stop text"
                            : finish.equals(AnswerTally.LENGTH)
                                ? "ended at the most tokens"
                                : "ended: " + finish,
                    share(figures, count)));
    if (figures.thoughts() > 0 || figures.cutThoughts() > 0) {
      html.tile("with a thought", share(figures, figures.thoughts()));
      html.tile("… and no answer behind it", share(figures, figures.cutThoughts()));
    }
    if (figures.empty() > 0) {
      html.tile("empty", share(figures, figures.empty()));
    }
    html.tile("tokens, mean", Figure.rate(figures.tokens().mean()));
    html.tile("… median", Figure.rate(figures.tokens().median()));
    html.tile("… 99 % have at most", Figure.rate(figures.tokens().quantile(99)));
    html.tile("… longest", Figure.rate(figures.tokens().max()));
    AnswerFigures.Logprobs logprobs = figures.logprobs();
    if (logprobs != null) {
      html.tile("log-probability of a token", Figure.text(logprobs.mean()));
      html.tile("… its deviation by answer", Figure.text(logprobs.std()));
    }
    html.add("</dl>\n");
  }

  private static String share(AnswerFigures figures, long count) {
    return Figure.percent(figures.share(count));
  }

  private static void sources(Html html, AnswerFigures figures) {
    html.add("<h3>By input file</h3>\n");
    Table table =
        new Table(html, "Answers to the rows of each input file")
            .texts("file")
            .numbers("answers", "tokens, mean", "most", "ended at the most tokens")
            .open();
    figures
        .bySource()
        .forEach(
            (source, of) ->
                html.add(
                    "<tr><th scope=\"row\" class=\"name\"><bdi title=\"%s\">%s</bdi></th><td>%s</td>"
                        + "<td>%s</td><td>%s</td><td>%s</td></tr>\n",
                    source,
                    ReportPage.lastOf(source),
                    Figure.count(of.answers()),
                    Figure.rate(of.tokens()),
                    Figure.rate(of.most()),
                    Figure.percent((double) of.cut() / of.answers())));
    table.close();
  }
}
