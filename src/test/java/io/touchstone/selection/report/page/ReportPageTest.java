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
import io.touchstone.selection.report.history.History;
import io.touchstone.selection.report.history.Night;
import io.touchstone.selection.report.history.Nights;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
  void scoresComeFirstAndWhatTheyHaveCostComesLast() {
    String page =
        page(
            Tallies.report(
                Tallies.of(FormatTable.HELPSTEER2, Tallies.row("p", 10, 2.5)),
                Optional.empty(),
                Optional.empty()));
    assertThat(page)
        .containsSubsequence(
            "<p>Scored 2026-11-29 02:17 UTC · by fake · 9 rows · 1 scored responses · 1 rejected</p>",
            "<h2><bdi>helpfulness</bdi></h2>",
            "<h2>Rejected rows</h2>",
            "<h2>The run and its cost</h2>",
            "<dt>tokens computed</dt>");
  }

  @Test
  void thresholdsStandBesideWhatTheyJudge() {
    Tally tally = Tallies.of(FormatTable.HELPSTEER2, scores(0, 60));
    String page =
        page(Tallies.report(tally, Optional.of(tally), Optional.of(new DriftLimit("0.25", 0.25))));
    assertThat(page)
        .contains(
            "<dt>population stability index</dt><dd>0.000</dd><dd class=\"beside\">slight from 0.1, a"
                + " shift from 0.25, if chance does not explain it</dd>")
        .containsPattern(
            "<dt>… by chance</dt><dd>0\\.\\d{3}</dd><dd class=\"beside\">passed once in 100 times</dd>")
        .containsPattern(
            "<dt>… allowed</dt><dd>0\\.\\d{3}</dd><dd class=\"beside\">by --max-drift 0.25</dd>")
        .containsPattern(
            "<dt>Kolmogorov-Smirnov</dt><dd>0.000</dd><dd class=\"beside\">chance passes 0\\.\\d{3} once"
                + " in 20 times</dd>")
        .contains("<div class=\"verdict none\"><p><b>No drift.</b> ")
        .contains(".verdict.chance, .verdict.note { border-left-color: var(--warn); }")
        .contains(
            ".verdict.slight, .verdict.shift, .verdict.exceeded { border-left-color: var(--bad); }");
  }

  private static String[] scores(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> Tallies.row("p" + i, i, i / 40.0 + 0.001))
        .toArray(String[]::new);
  }

  @Test
  void aLineByLengthNeedsFiftyResponses() {
    String few =
        page(
            Tallies.report(
                Tallies.of(FormatTable.HELPSTEER2, scores(0, 49)),
                Optional.empty(),
                Optional.empty()));
    assertThat(few)
        .contains("Each dot is a response; of fewer than 50 no line is drawn.")
        .contains("<circle class=\"dot\"")
        .doesNotContain("<path class=\"course\"")
        .doesNotContain("<path class=\"band\"");
    String enough =
        page(
            Tallies.report(
                Tallies.of(FormatTable.HELPSTEER2, scores(0, 50)),
                Optional.empty(),
                Optional.empty()));
    assertThat(enough)
        .contains("<path class=\"course\"")
        .contains("median and middle half, by length")
        .doesNotContain("no line is drawn");
  }

  @Test
  void pairsHaveTheirWinRateAndMarginsAndLabelsTheirCounts() throws Exception {
    String pair =
        "{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\", \"chosen_reward\": %d,"
            + " \"rejected_reward\": %d}";
    Tally tally =
        Tallies.of(
            FormatTable.PREFERENCE,
            String.format(Locale.ROOT, pair, 3, 1),
            String.format(Locale.ROOT, pair, 4, 0),
            String.format(Locale.ROOT, pair, 1, 1),
            String.format(Locale.ROOT, pair, 0, 1));
    String page = page(Tallies.report(tally, Optional.of(tally), Optional.empty()));
    assertNothingGotOut(parsed(page));
    assertThat(page)
        .contains(
            "<dt>win rate: chosen is higher</dt><dd>50 %</dd><dd class=\"beside\">95 % certain: 15 % to"
                + " 85 %</dd>")
        .contains("<dt>… in the older result</dt><dd>50 %</dd>")
        .contains("<dt>pairs</dt><dd>4</dd><dd class=\"beside\">in 4 rows</dd>")
        .contains("<dt>of equal scores</dt><dd>1</dd>")
        .contains("<dt>margin, mean</dt><dd>1.250</dd>")
        .contains("aria-label=\"Margins of helpfulness: nine in ten margins lie between ")
        .contains("<line class=\"mark\"")
        .contains(
            "<tr><th scope=\"row\"><bdi>1</bdi></th><td class=\"number\">4</td><td"
                + " class=\"number\">50 %</td><td class=\"number\">50 %</td></tr>");
  }

  @Test
  void everyTableHasACaptionAndSaysWhereItScrolls() throws Exception {
    Tally tally = Tallies.of(FormatTable.HELPSTEER2, scores(0, 60));
    Document page = parsed(page(Tallies.report(tally, Optional.of(tally), Optional.empty())));
    NodeList tables = page.getElementsByTagName("table");
    assertThat(tables.getLength()).isEqualTo(4);
    for (int i = 0; i < tables.getLength(); i++) {
      Element table = (Element) tables.item(i);
      Element scrolls = (Element) table.getParentNode();
      int columns = table.getElementsByTagName("tr").item(0).getChildNodes().getLength();
      String caption = table.getElementsByTagName("caption").item(0).getTextContent();
      assertThat(caption).isNotBlank();
      assertThat(caption.endsWith("Scrolls sideways →")).as(caption).isEqualTo(columns > 4);
      assertThat(scrolls.getAttribute("tabindex")).isEqualTo(columns > 4 ? "0" : "");
    }
  }

  @Test
  void textAndPicturesStandOutFromTheirGroundInBothSchemes() throws Exception {
    String style =
        page(
            Tallies.report(
                Tallies.of(FormatTable.HELPSTEER2, scores(0, 3)),
                Optional.empty(),
                Optional.empty()));
    String[] schemes = style.split("prefers-color-scheme: dark", 2);
    for (String scheme : schemes) {
      for (String ground : List.of("card", "ground")) {
        for (String text : List.of("ink", "soft", "warn", "bad")) {
          assertThat(contrast(scheme, text, ground))
              .as("%s on %s", text, ground)
              .isGreaterThan(4.5);
        }
        for (String picture : List.of("bar", "older", "good")) {
          assertThat(contrast(scheme, picture, ground))
              .as("%s on %s", picture, ground)
              .isGreaterThan(3);
        }
      }
    }
  }

  /** As the Web Content Accessibility Guidelines 2.2 compute it. */
  private static double contrast(String scheme, String one, String other) {
    double a = luminance(scheme, one) + 0.05;
    double b = luminance(scheme, other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String scheme, String name) {
    Matcher colour = Pattern.compile("--" + name + ": #([0-9a-f]{6});").matcher(scheme);
    assertThat(colour.find()).as(name).isTrue();
    int rgb = Integer.parseInt(colour.group(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double of = (channel & 0xff) / 255.0;
    return of <= 0.04045 ? of / 12.92 : Math.pow((of + 0.055) / 1.055, 2.4);
  }

  @Test
  void nightsAreDrawnAndThoseOfOtherModelsMarked() throws Exception {
    Tally tally = Tallies.of(FormatTable.HELPSTEER2, scores(0, 60));
    Night now = Nights.night("2026-11-04", "new", 2.5);
    History history =
        History.of(
            "/nights<script>",
            List.of(
                Nights.night("2026-11-01", "new", 2),
                Nights.night("2026-11-02", "other<td>", 2),
                Nights.night("2026-11-03", "new", 2)),
            now,
            List.of(new Report.SkippedReport("/nights/<b>", "because <i>")));
    Report report = Tallies.report(tally, Optional.empty(), Optional.empty());
    String page = ReportPage.of(report, Optional.of(history));
    Document document = parsed(page);
    assertNothingGotOut(document);
    assertThat(document.getDocumentElement().getTextContent())
        .contains("4 nights of /nights<script>, this one among them")
        .contains("1 files are no reports of a night, and were left out")
        .contains("/nights/<b>: because <i>")
        .contains("no: other model (other<td>)")
        .contains("made by another model, or with other settings; no line leads there");
    assertThat(page)
        .containsSubsequence(
            "<h2><bdi>helpfulness</bdi></h2>",
            "<h2>Night after night</h2>",
            "<h2>The run and its cost</h2>")
        .contains("<circle class=\"knot hollow\"")
        .contains("<line class=\"level warn\"")
        .contains(">0.25 shift</text>")
        .contains("2026-11-01 to 2026-11-04</text>")
        .contains("helpfulness has shifted since 2026-11-01, the first night of this model: ")
        .containsPattern("<td>\\d\\.\\d{3} shift</td><td>–</td><td class=\"text\">this one</td>")
        .doesNotContain("NaN");
  }

  @Test
  void sharesOfLabelsStandOnEachOther() throws Exception {
    Night before = Nights.labelled("2026-11-01", Map.of(0L, 500L, 4L, 500L));
    Night now = Nights.labelled("2026-11-02", Map.of(0L, 250L, 2L, 250L, 4L, 500L));
    String page =
        ReportPage.of(
            Tallies.report(
                Tallies.of(FormatTable.HELPSTEER2, scores(0, 3)),
                Optional.empty(),
                Optional.empty()),
            Optional.of(History.of("/nights", List.of(before), now, List.of())));
    assertNothingGotOut(parsed(page));
    assertThat(page)
        .contains("Share of each label, the lowest at the foot: 0, 2, 4")
        .contains("<title>2026-11-01/report, 2026-11-01: 0: 50 %</title>")
        .contains("<title>2026-11-02/report, 2026-11-02: 2: 25 %</title>")
        .doesNotContain("2026-11-01: 2: ");
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
