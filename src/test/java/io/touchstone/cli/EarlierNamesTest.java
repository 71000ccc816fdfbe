package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that were begun when what lies beside the rows had plain names. */
final class EarlierNamesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final Program program = Program.installed();
  private Path now;
  private Path earlier;

  /** The same job in two folders, of which one is as a version before would have left it. */
  @BeforeEach
  void annotate() throws IOException {
    now = folder.resolve("now");
    earlier = folder.resolve("earlier");
    annotated(now);
    annotated(earlier);
    withEarlierNames(earlier);
  }

  private void annotated(Path out, String... more) {
    List<String> call =
        new ArrayList<>(
            List.of(
                "annotate",
                "data-samples/with-bad-lines.jsonl",
                "data-samples/helpsteer.jsonl",
                "--output",
                out.toString()));
    call.addAll(List.of(more));
    done(call);
  }

  private void done(List<String> call) {
    assertThat(program.run(call)).as(program.err()).isEqualTo(ExitStatus.DONE);
  }

  private static void withEarlierNames(Path out) throws IOException {
    Path plan = out.resolve("_plan.json");
    ObjectNode fields = (ObjectNode) JSON.readTree(plan.toFile());
    assertThat(fields.remove("names").asText()).isEqualTo("UNDERSCORED");
    JSON.writeValue(plan.toFile(), fields);
    Files.move(out.resolve("_run.json"), out.resolve("run.json"));
    Files.move(out.resolve("_rejected"), out.resolve("rejected"));
  }

  @Test
  void aFinishedOneIsKnownAsSuch() throws IOException {
    List<String> before = Jobs.tree(earlier);
    annotated(earlier);
    assertThat(program.out())
        .startsWith("An earlier run had scored 36 of 42 rows; ")
        .contains("; lines and reasons in " + earlier + "/rejected\n");
    assertThat(Jobs.tree(earlier)).isEqualTo(before).contains("run.json");
    annotated(now);
    assertThat(program.out()).contains("; lines and reasons in " + now + "/_rejected\n");
  }

  @Test
  void anUnfinishedOneIsFinishedUnderThem() throws IOException {
    String scored = Jobs.parts(earlier);
    String rejected = Files.readString(earlier.resolve("rejected/part-00000.jsonl"));
    List<String> before = Jobs.tree(earlier);
    for (String file :
        List.of(
            "_SUCCESS",
            "run.json",
            "part-00000.jsonl",
            "_stats/part-00000.json",
            "rejected/part-00000.jsonl")) {
      Files.delete(earlier.resolve(file));
    }
    annotated(earlier);
    assertThat(program.out())
        .contains("  pieces    2, 1 of them done by an earlier run\n")
        .contains("; lines and reasons in " + earlier + "/rejected\n");
    assertThat(Jobs.tree(earlier)).isEqualTo(before);
    assertThat(Jobs.parts(earlier)).isEqualTo(scored);
    assertThat(earlier.resolve("rejected/part-00000.jsonl")).hasContent(rejected.strip());
  }

  @Test
  void oneThatIsBegunAnewHasThoseOfToday() throws IOException {
    done(List.of("report", earlier.toString()));
    assertThat(earlier.resolve("report.html")).exists();
    annotated(earlier, "--restart");
    assertThat(Jobs.tree(earlier)).isEqualTo(Jobs.tree(now)).contains("_run.json");
  }

  @Test
  void itsRowsAreReadAsThoseOfAnyResult() throws IOException {
    for (Path out : List.of(earlier, now)) {
      Path report = out.resolveSibling(out.getFileName() + "-report");
      done(
          List.of(
              "report",
              out.toString(),
              "--output",
              report.toString(),
              "--against",
              (out.equals(now) ? earlier : now).toString()));
      done(
          List.of(
              "calibrate", out.toString(), "--output", out + ".json", "--label", "helpfulness"));
      done(
          List.of(
              "filter",
              out.toString(),
              "--kept",
              out + "-kept",
              "--dropped",
              out + "-dropped",
              "--min",
              "2"));
      done(List.of("annotate", out.toString(), "--output", out + "-again"));
    }
    assertThat(figures("earlier-report/report.json", "columns"))
        .isEqualTo(figures("now-report/report.json", "columns"));
    assertThat(figures("earlier-report/report.json", "rejections"))
        .hasSize(4)
        .isEqualTo(figures("now-report/report.json", "rejections"));
    assertThat(figures("earlier-report/report.json", "rejected").asText())
        .isEqualTo(earlier + "/rejected");
    assertThat(figures("now-report/report.json", "rejected").asText())
        .isEqualTo(now + "/_rejected");
    assertThat(figures("earlier.json", "attributes")).isEqualTo(figures("now.json", "attributes"));
    for (String result : List.of("-kept", "-dropped", "-again")) {
      assertThat(Jobs.parts(folder.resolve("earlier" + result)))
          .isNotEmpty()
          .isEqualTo(Jobs.parts(folder.resolve("now" + result)));
    }
  }

  private JsonNode figures(String file, String field) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile()).path(field);
  }

  @Test
  void aReportLiesBesideTheRowsUnderTheNamesOfTheFolder() {
    done(List.of("report", earlier.toString()));
    assertThat(program.out()).contains("; the page is " + earlier + "/report.html\n");
    done(List.of("report", now.toString()));
    assertThat(program.out()).contains("; the page is " + now + "/_report.html\n");
    done(List.of("report", now.toString(), "--output", earlier.toString()));
    assertThat(program.out()).contains("; the page is " + earlier + "/report.html\n");
  }
}
