package io.touchstone.selection.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.selection.report.DriftLimit;
import io.touchstone.selection.report.Rejections;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.ScoreField;
import io.touchstone.selection.report.Tallies;
import io.touchstone.selection.report.Tally;
import io.touchstone.selection.report.Texts;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class ReportPageTest {
  private static final String HOSTILE =
      "</div></style></script><script>alert(1)</script><img src=x onerror=alert(1)>"
          + "\\\"' onload='x' `${1}` &amp; &lt; %s %n \\u0000 \\ud800 \\u202e abc";
  private static final Set<String> ELEMENTS =
      Set.of(
          ("html head meta title style body main h1 h2 h3 p b bdi br div span section dl dt dd"
                  + " figure figcaption svg rect line path circle text defs pattern table caption thead tbody"
                  + " tr th td details summary ul li footer")
              .split(" "));

  private static String page(Report report) {
    return ReportPage.of(report, Optional.empty());
  }

  private static Document parsed(String page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(page.getBytes(UTF_8)));
  }

  private static void assertNothingGotOut(Document page) {
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      assertThat(ELEMENTS).contains(element.getTagName());
      for (int a = 0; a < element.getAttributes().getLength(); a++) {
        String name = element.getAttributes().item(a).getNodeName().toLowerCase(Locale.ROOT);
        assertThat(name).doesNotStartWith("on").isNotIn("href", "src", "action", "srcdoc");
      }
    }
  }

  @Test
  void whatStandsInRowsNeverGetsOutOfItsPlace() throws Exception {
    Tally tally = Tallies.empty(Texts.SHOWN, Tallies.USUAL, ScoreField.named("b<i>&'\""));
    String scores = "{\"<script>alert(2)</script>\": %d, \"\\\" onclick=\\\"x\": 2}";
    for (int i = 0; i < 9; i++) {
      tally.add(
          new Tally.Line(
              ("{\"prompt\": \""
                      + HOSTILE
                      + "\", \"response\": \""
                      + HOSTILE
                      + i
                      + "\", \"reward\": "
                      + String.format(Locale.ROOT, scores, i)
                      + ", \"b<i>&'\\\"\": 1}")
                  .getBytes(UTF_8),
              FormatTable.HELPSTEER2,
              "/in/</title><script>alert(3)</script>'\".jsonl",
              "part\"><script>alert(4)</script>.jsonl",
              i + 1));
    }
    Report plain = Tallies.report(tally, Optional.of(tally), Optional.of(new DriftLimit("0", 0)));
    Report report =
        Report.of(
            new Report.Frame(
                "<b>x",
                "/out/</title><script>alert(5)</script>",
                "\"><script>alert(6)</script>",
                List.of("<script>alert(7)</script>"),
                plain.run(),
                Optional.empty(),
                "/out/</title><script>alert(5)</script>/_rejected",
                List.of(
                    new Rejections(
                        "<script>",
                        3,
                        List.of(new Rejections.Example("<script>", 7, "\"</td><script>")))),
                Optional.empty()),
            tally,
            Optional.of(tally));

    String page = page(report);

    Document document = parsed(page);
    assertNothingGotOut(document);
    String text = document.getDocumentElement().getTextContent();
    assertThat(text)
        .contains("</div></style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'")
        .contains("`${1}` &amp; &lt; %s %n \uFFFD \uFFFD \u202e abc8")
        .contains("<script>alert(2)</script>")
        .contains("alert(7)")
        .doesNotContain("\uD800");
    assertThat(page).doesNotContain("<script");
  }

  @Test
  void everyFigureIsOnThePageAndNoText() throws Exception {
    Tally older =
        Tallies.of(
            FormatTable.HELPSTEER2,
            Tallies.row("secret", 10, 2),
            Tallies.row("secret", 20, 1.25),
            Tallies.row("secret", 5_000, 4));
    Tally newer = Tallies.of(FormatTable.HELPSTEER2, Tallies.row("secret", 10, 2.5));
    assertThat(page(Tallies.report(newer, Optional.of(older), Optional.of(DriftLimit.CHANCE))))
        .contains(
            "<div class=\"verdict chance\"><p><b>Drift, or chance.</b> helpfulness differs by")
        .doesNotContain("Beyond the limit");
    Report report =
        Tallies.report(newer, Optional.of(older), Optional.of(new DriftLimit("0.1", 0.1)));

    String page = page(report);
    assertNothingGotOut(parsed(page));
    assertThat(page)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("content=\"default-src 'none'; style-src 'unsafe-inline'")
        .contains("@media (prefers-color-scheme: dark)")
        .contains("<h1><bdi>Scores of out/today</bdi></h1>")
        .contains("<dt>tokens saved</dt><dd>25 %</dd>")
        .contains("<dt>… by the ledger</dt><dd>120</dd>")
        .contains("<dt>rows a second</dt><dd>4.5</dd>")
        .contains(
            "<tr><th scope=\"row\"><bdi>median</bdi></th><td class=\"number\">2.000</td>"
                + "<td class=\"number\">2.500</td><td class=\"number\">+0.500</td></tr>")
        .contains("nothing can be said about length bias")
        .contains("<td class=\"text name\"><bdi>part-00000.jsonl, line 1, response 1</bdi></td>")
        .contains("None: every row has its score.")
        .doesNotContain("secret")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
  }

  @Test
  void driftBeyondTheLimitStandsOnTop() throws Exception {
    String[] low = new String[40];
    String[] high = new String[40];
    for (int i = 0; i < low.length; i++) {
      low[i] = Tallies.row("p" + i, i, i / 40.0);
      high[i] = Tallies.row("p" + i, i, 0.6 + i / 40.0);
    }
    String page =
        page(
            Tallies.report(
                Tallies.of(FormatTable.HELPSTEER2, high),
                Optional.of(Tallies.of(FormatTable.HELPSTEER2, low)),
                Optional.of(new DriftLimit("0.1", 0.1))));
    assertNothingGotOut(parsed(page));
    assertThat(page)
        .containsPattern(
            "<div class=\"verdict exceeded\"><p><b>Beyond the limit:</b> the population stability index"
                + " of helpfulness is \\d\\.\\d{3}, more than the 0\\.\\d{3} that --max-drift 0\\.1"
                + " allows\\.</p></div>")
        .contains("<div class=\"verdict shift\"><p><b>Drift.</b> helpfulness has shifted: ");
  }

  @Test
  void aPageOfSeveralModelsHasTheirAgreement() throws Exception {
    Tally tally = Tallies.empty(Texts.HIDDEN, ScoreField.named("one"), ScoreField.named("two"));
    Tallies.add(
        tally,
        FormatTable.CANDIDATES,
        "{\"prompt\": \"p\", \"responses\": [\"x\", \"y\", \"z\"], \"one\": [1, 2, 3], \"two\":"
            + " [5, 9, 7]}");
    String page = page(Tallies.report(tally, Optional.empty(), Optional.empty()));
    assertNothingGotOut(parsed(page));
    assertThat(page)
        .contains("<th scope=\"col\" class=\"text\"><bdi>two</bdi></th>")
        .contains("<b>0.50</b><br/><span class=\"small\">67 % of 3</span>")
        .contains(
            "the share of pairs of responses to one prompt that both put in the same order, of those"
                + " that both tell apart (chance makes it 50 %). Only responses that follow each other"
                + " are paired, in one row or in rows behind one another: there are 3 such pairs at"
                + " most. A prompt that comes again further on is not paired with its earlier rows, and"
                + " of a prompt only the first 64 responses are.</p>");
  }
}
