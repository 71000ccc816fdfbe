package io.touchstone.selection.report.page;

import io.touchstone.selection.report.Figure;
import io.touchstone.selection.report.PairAgreement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How columns agree with each other, as a matrix. */
final class AgreementSection {
  private AgreementSection() {}

  static void write(Html html, List<String> names, List<PairAgreement> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    Map<List<String>, PairAgreement> found = new HashMap<>();
    for (PairAgreement pair : pairs) {
      found.put(List.of(pair.a(), pair.b()), pair);
      found.put(List.of(pair.b(), pair.a()), pair);
    }
    long apart = pairs.stream().mapToLong(PairAgreement::pairs).max().orElse(0);
    html.add("<section>\n<h2>Agreement</h2>\n<p>Spearman's correlation of each two scores");
    html.add(
        apart == 0
            ? ". No prompt has two responses whose order could be compared."
            : "; below it the share of pairs of responses to one prompt that both put in the same"
                + " order, of those that both tell apart (chance makes it 50 %). Only responses that"
                + " follow each other are paired, in one row or in rows behind one another: there are "
                + Figure.count(apart)
                + " such pairs at most. A prompt that comes again further on is not paired with its"
                + " earlier rows, and of a prompt only the first 64 responses are.");
    html.add("</p>\n");
    Table table =
        new Table(html, "How each two scores agree; the stronger the ground, the more they do")
            .styled("matrix")
            .texts("")
            .texts(names.toArray(String[]::new))
            .open();
    for (String row : names) {
      html.add("<tr><th scope=\"row\"><bdi>%s</bdi></th>", row);
      for (String column : names) {
        cell(html, found.get(List.of(row, column)));
      }
      html.add("</tr>\n");
    }
    table.close();
    html.add("</section>\n");
  }

  /** Cell of a pair, or without one of the diagonal. */
  private static void cell(Html html, @Nullable PairAgreement pair) {
    if (pair == null) {
      html.add("<td style=\"--strength:0\" class=\"soft\">–</td>");
      return;
    }
    Double spearman = pair.spearman();
    Double sameOrder = pair.sameOrder();
    html.add(
        "<td style=\"--strength:%.2f\"><b>%s</b>",
        spearman == null ? 0.0 : Math.abs(spearman), Figure.correlation(spearman));
    if (sameOrder != null) {
      html.add(
          "<br/><span class=\"small\">%s of %s</span>",
          Figure.percent(sameOrder), Figure.count(pair.pairs()));
    }
    html.add("</td>");
  }
}
