package io.touchstone.selection.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.selection.report.DriftLimit;
import io.touchstone.selection.report.Rejections;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.ScoreField;
import io.touchstone.selection.report.Tallies;
import io.touchstone.selection.report.Tally;
import io.touchstone.selection.report.Texts;
import io.touchstone.selection.report.history.History;
import io.touchstone.selection.report.history.Nights;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real browser makes of the page; skipped where there is none. */
final class ReportInBrowserTest {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Holds the page in a frame as wide as a phone, and says what became of it. */
  private static final String FRAME =
      """
      <!DOCTYPE html>
      <body><iframe id="page" src="report.html" width="WIDTH" height="800"></iframe><p id="found"></p>
      <script>
      document.getElementById("page").onload = event => {
        const page = event.target.contentDocument;
        document.getElementById("found").textContent = [
          "overflow=" + (page.documentElement.scrollWidth - page.documentElement.clientWidth),
          "ground=" + event.target.contentWindow.getComputedStyle(page.body).backgroundColor,
          "unsaid=" + [...page.querySelectorAll(".scroll")].filter(box =>
              box.scrollWidth > box.clientWidth && !page.defaultView.getComputedStyle(
                  box.querySelector(".sideways") ?? page.head).display.startsWith("inline")).length,
          "narrow=" + [...page.querySelectorAll(".scroll > table")].filter(table =>
              table.offsetWidth + 1 < table.parentElement.clientWidth).length,
          "charts=" + page.querySelectorAll("svg.chart").length,
          "strange=" + page.querySelectorAll("script,img,iframe,object,link,[onclick],[onload],[onerror]").length,
          "ran=" + ("hacked" in event.target.contentWindow || "hacked" in window),
          "requests=" + event.target.contentWindow.performance.getEntriesByType("resource").length,
        ].join(" ");
      };
      </script></body>
      """;

  private static String browser = "";

  @TempDir Path folder;

  @BeforeAll
  static void findBrowser() {
    List<String> path =
        Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    browser =
        BROWSERS.stream()
            .flatMap(name -> path.stream().map(place -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
  }

  @Test
  void opensFromDiskOnAPhoneInBothThemesWithoutAnyRequestOrError() throws Exception {
    assumeTrue(!browser.isEmpty(), "no chromium or chrome on this machine");
    Files.writeString(
        folder.resolve("report.html"), ReportPage.of(report(), Optional.of(history())));
    Files.writeString(folder.resolve("frame.html"), FRAME.replace("WIDTH", "390"));

    String light = opened("--blink-settings=preferredColorScheme=1");
    assertThat(light)
        .contains("overflow=0 ")
        .contains("unsaid=0 ")
        .contains("narrow=0 ")
        .contains("charts=8 ")
        .contains("strange=0 ")
        .contains("ran=false ")
        .contains("requests=0")
        .contains("ground=rgb(246, 246, 244)");
    assertThat(opened("--blink-settings=preferredColorScheme=0"))
        .contains("ground=rgb(19, 20, 22)")
        .contains("overflow=0 ");
    Files.writeString(folder.resolve("frame.html"), FRAME.replace("WIDTH", "1280"));
    assertThat(opened("--blink-settings=preferredColorScheme=1"))
        .contains("overflow=0 ")
        .contains("narrow=0 ");
  }

  private static History history() {
    return History.of(
        "/" + "n".repeat(200),
        List.of(Nights.night("2026-11-01", "old", 2), Nights.night("2026-11-02", "new", 2)),
        Nights.night("2026-11-03", "new", 2.5),
        List.of(new Report.SkippedReport("/" + "s".repeat(200), "why")));
  }

  private static Report report() {
    Tally tally = Tallies.empty(Texts.SHOWN, Tallies.USUAL, ScoreField.named("other-model"));
    String hostile =
        "</div></style></script><script>top.hacked=1</script><img src=x onerror=top.hacked=1>"
            + "w".repeat(400);
    for (int i = 0; i < 40; i++) {
      Tallies.add(
          tally,
          FormatTable.HELPSTEER2,
          "{\"prompt\": \"q"
              + i
              + "\", \"response\": \""
              + hostile
              + " ".repeat(i)
              + "\", \"reward\": "
              + i % 7
              + ".5, \"other-model\": "
              + i % 5
              + "}");
    }
    DriftLimit limit = new DriftLimit("0.1", 0.1);
    Report plain = Tallies.report(tally, Optional.of(tally), Optional.of(limit));
    return Report.of(
        new Report.Frame(
            plain.program(),
            plain.result(),
            plain.against(),
            plain.notes(),
            plain.run(),
            Optional.empty(),
            plain.rejected(),
            List.of(
                new Rejections(
                    "unexpected-value",
                    12_345,
                    List.of(
                        new Rejections.Example(
                            "/in/a.jsonl",
                            1_211,
                            "prompt: expected a string, found no such field")))),
            Optional.of(limit)),
        tally,
        Optional.of(tally));
  }

  private String opened(String theme) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                browser,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--allow-file-access-from-files",
                "--enable-logging=stderr",
                "--virtual-time-budget=5000",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                theme));
    command.add(folder.resolve("frame.html").toUri().toString());
    Path out = folder.resolve("dom");
    Path err = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    try (Stream<String> log = Files.lines(err, UTF_8)) {
      assertThat(log.filter(line -> line.contains("CONSOLE"))).isEmpty();
    }
    return Files.readString(out);
  }
}
