package io.touchstone.selection.report.page;

import io.touchstone.selection.report.DriftFigures;
import io.touchstone.selection.report.Figure;
import io.touchstone.selection.report.Rejections;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.RunFigures;
import io.touchstone.selection.report.history.History;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report as one HTML page: without scripts, and with a policy that forbids any and every request.
 * It is well-formed XML, too.
 */
public final class ReportPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      """;

  private final Report report;
  private final Optional<History> history;
  private final Html html = new Html();

  private ReportPage(Report report, Optional<History> history) {
    this.report = report;
    this.history = history;
  }

  /** Scores come first, what they have cost last. */
  public static String of(Report report, Optional<History> history) {
    ReportPage page = new ReportPage(report, history);
    page.write();
    return page.html.toString();
  }

  private void write() {
    html.add(HEAD);
    html.add("<title>%s %s</title>\n", subject(), titleOf(report.result()));
    html.add("<style>\n").add(style()).add("</style>\n</head>\n<body>\n<main>\n");
    header();
    verdicts();
    ImprovementSection.write(html, report.improvement());
    report
        .columns()
        .forEach(
            (name, figures) -> new ColumnSection(html, name, figures, report.maxDrift()).write());
    AgreementSection.write(html, List.copyOf(report.columns().keySet()), report.agreement());
    history.ifPresent(of -> HistorySection.write(html, of));
    AnswerSection.write(html, report.answers());
    rejections();
    run();
    html.add("</main>\n");
    footer();
    html.add("</body>\n</html>\n");
  }

  private boolean isOfScores() {
    return !report.columns().isEmpty();
  }

  private String subject() {
    return isOfScores() ? "Scores of" : "Answers of";
  }

  private static String style() {
    try (InputStream css =
        Objects.requireNonNull(ReportPage.class.getResourceAsStream("page.css"), "page.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("page.css cannot be read", e);
    }
  }

  private void header() {
    html.add("<h1><bdi>%s %s</bdi></h1>\n", subject(), titleOf(report.result()));
    html.add("<p class=\"soft small path\"><bdi>%s</bdi>", report.result());
    if (report.against() != null) {
      html.add(", compared with <bdi>%s</bdi>", report.against());
    }
    html.add("</p>\n<p>%s</p>\n", facts());
  }

  /** When, by whom, and how much of it. */
  private String facts() {
    RunFigures run = report.run();
    List<String> facts = new ArrayList<>();
    if (run.finished() != null) {
      facts.add((isOfScores() ? "Scored " : "Answered ") + moment(run.finished()));
    }
    facts.add("by " + lastOf(run.model().path()));
    facts.add(Figure.count(run.rows().out()) + (run.rows().out() == 1 ? " row" : " rows"));
    facts.add(Figure.count(report.responses()) + (isOfScores() ? " scored responses" : " answers"));
    facts.add(Figure.count(run.rows().rejected()) + " rejected");
    return String.join(" · ", facts);
  }

  /** A moment as people write it, in UTC. */
  static String moment(@Nullable String instant) {
    return instant == null
        ? "–"
        : instant.length() < 17 ? instant : instant.substring(0, 16).replace('T', ' ') + " UTC";
  }

  private void verdicts() {
    for (String told : report.driftedTold()) {
      html.add("<div class=\"verdict exceeded\"><p><b>Beyond the limit:</b> %s.</p></div>\n", told);
    }
    report
        .columns()
        .forEach(
            (name, figures) -> {
              DriftFigures drift = figures.drift();
              if (drift != null) {
                html.add(
                    "<div class=\"verdict %s\"><p><b>%s</b> %s</p></div>\n",
                    drift.verdict(), headline(drift), drift.sentence());
              }
            });
    if (!report.notes().isEmpty()) {
      html.add("<div class=\"verdict note\">");
      report.notes().forEach(note -> html.add("<p>%s</p>", note));
      html.add("</div>\n");
    }
  }

  private static String headline(DriftFigures drift) {
    return switch (drift.verdict()) {
      case DriftFigures.NONE -> "No drift.";
      case DriftFigures.CHANCE -> "Drift, or chance.";
      case DriftFigures.SLIGHTLY -> "Slight drift.";
      default -> "Drift.";
    };
  }

  private void run() {
    RunFigures run = report.run();
    html.add("<section>\n<h2>The run and its cost</h2>\n<dl class=\"tiles\">\n");
    html.tile(isOfScores() ? "rows scored" : "rows answered", Figure.count(run.rows().out()));
    html.tile("rows rejected", Figure.count(run.rows().rejected()));
    if (isOfScores()) {
      html.tile("scored responses", Figure.count(report.responses()));
    }
    RunFigures.Speed speed = run.speed();
    if (speed != null) {
      html.tile("rows a second", Figure.rate(speed.rowsPerSecond()));
      html.tile("tokens a second", Figure.rate(speed.tokensPerSecond()));
      html.tile("time", Figure.seconds(speed.seconds()));
    }
    String of = isOfScores() ? "tokens" : "prompts' tokens";
    html.tile(of + " presented", Figure.count(run.tokens().presented()));
    html.tile(of + " computed", Figure.count(run.tokens().computed()));
    html.tile("tokens saved", Figure.percent(run.tokens().savedShare()));
    if (run.tokens().known() > 0) {
      html.tile("… by the ledger", Figure.count(run.tokens().known()));
    }
    html.add("</dl>\n");
    html.add(
        "<p class=\"soft small path\">Model <bdi>%s</bdi> (%s), fingerprint %s</p>\n",
        run.model().path(), about(run), run.model().fingerprint());
    if (speed == null) {
      html.add(
          "<p class=\"soft small\">Earlier runs had made some of the pieces: no throughput is"
              + " shown.</p>\n");
    }
    html.add("</section>\n");
  }

  private static String about(RunFigures run) {
    String labels = run.labels();
    return Stream.of(
            run.model().architecture(),
            run.model().precision(),
            labels == null ? "" : labels + " labels")
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private void rejections() {
    html.add("<section>\n<h2>Rejected rows</h2>\n");
    if (report.rejections().isEmpty()) {
      html.add(
          "<p>None: every row has its %s.</p>\n</section>\n", isOfScores() ? "score" : "answers");
      return;
    }
    html.add(
        "<p class=\"soft small path\">Lines and reasons lie in <bdi>%s</bdi>.</p>\n",
        report.rejected());
    Table table =
        new Table(html, "Rejected rows by kind")
            .texts("kind")
            .numbers("rows")
            .texts("the first ones")
            .open();
    for (Rejections rejections : report.rejections()) {
      html.add(
          "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"reason text small\">",
          rejections.kind(), Figure.count(rejections.count()));
      for (Rejections.Example example : rejections.examples()) {
        html.add(
            "<div><bdi>%s</bdi>, offset %s: <bdi>%s</bdi></div>",
            lastOf(example.source()), Figure.count(example.offset()), example.reason());
      }
      html.add("</td></tr>\n");
    }
    table.close();
    html.add("</section>\n");
  }

  private void footer() {
    html.add("<footer class=\"soft small\">\n<p>%s</p>\n", report.exactness());
    if (!isOfScores()) {
      html.add("<p>Made by %s.</p>\n</footer>\n", report.program());
      return;
    }
    html.add(
        """
        <p>Spearman's correlation says how well two rankings agree: 1 where they are the same, 0 where \
        one says nothing about the other, -1 where one is the other upside down.</p>
        """);
    if (report.against() != null) {
      html.add(
          """
          <p>The population stability index compares the shares of the scores in ten bins that held a \
          tenth of the older scores each, or of the scores themselves where there are ten different ones \
          at most: below 0.1 nothing has moved, from 0.25 the scores have shifted, unless chance \
          explains it. What chance makes is tried by dealing the scores of both results out anew, or of \
          many scores computed from the distribution that the index tends to. The Kolmogorov-Smirnov statistic is the widest gap between the two results' shares \
          of scores up to a value, from 0 to 1.</p>
          """);
    }
    html.add("<p>Made by %s.</p>\n</footer>\n", report.program());
  }

  /**
   * A result's name with the folder that it lies in: every night's result may have the same name.
   */
  static String titleOf(String path) {
    String last = lastOf(path);
    int above = path.lastIndexOf(last) - 1;
    return above <= 0 ? last : lastOf(path.substring(0, above)) + "/" + last;
  }

  /** A file's or folder's own name. */
  static String lastOf(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String last = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    return last.isEmpty() ? path : last;
  }
}
