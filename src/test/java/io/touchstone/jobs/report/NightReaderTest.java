package io.touchstone.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.selection.report.history.Night;
import io.touchstone.selection.report.history.NightScores;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NightReaderTest {

  /** As version 0.1.0 wrote it before there were dates, percentiles and labels. */
  private static final String OLD =
      """
      {"program": "touchstone 0.1.0", "result": "/n/1/scored", "against": "/n/0/scored",
       "run": {"model": {"path": "/m", "architecture": "A", "fingerprint": "f", "precision": "fp32"},
         "labels": "float", "rows": {"in": 11, "out": 10, "rejected": 1, "blank": 0},
         "tokens": {"presented": 100, "computed": 50, "known": 0, "savedShare": 0.5}, "speed": null},
       "responses": 10,
       "columns": {"helpfulness": {
         "scores": {"count": 10, "mean": 1.5, "std": 0.5, "min": 1, "max": 2, "quantiles":
           {"p1": 1, "p5": 1, "p10": 1, "p25": 1, "p50": 1.5, "p75": 2, "p90": 2, "p95": 2, "p99": 2}},
         "drift": {"verdict": "slight", "psi": 0.2, "psiBound": 0.1}}}}
      """;

  private static Night read(String name, String json) throws IOException, NotANight {
    JsonNode report = new ObjectMapper().readTree(json);
    return new NightReader(name).read(report);
  }

  private static String refusal(String json) {
    return catchThrowableOfType(NotANight.class, () -> read("2026-11-01", json)).reason();
  }

  @Test
  void readsAReportThatAnOlderVersionHasWritten() throws Exception {
    Night night = read("dt=2026-11-01/report", OLD);
    assertThat(night.date()).hasToString("2026-11-01");
    assertThat(night.result()).isEqualTo("/n/1/scored");
    assertThat(night.rejectedShare()).isEqualTo(1 / 11.0);
    NightScores scores = Objects.requireNonNull(night.columns().get("helpfulness"));
    assertThat(scores.percentiles()).isEmpty();
    assertThat(scores.labels()).isEmpty();
    assertThat(scores.winRate()).isNull();
    assertThat(scores.reported()).isEqualTo(new NightScores.Reported(0.2, "slight", "/n/0/scored"));
  }

  @Test
  void aNightsDateIsTheLastInItsNameOrElseThatOfTheRun() throws Exception {
    String dated = OLD.replace("\"run\": {", "\"run\": {\"finished\": \"2026-11-29T23:59:59Z\", ");
    assertThat(read("since-2025-01-01/2026-11-02/report", dated).date()).hasToString("2026-11-02");
    assertThat(read("2026-13-45", dated).date()).hasToString("2026-11-29");
    assertThat(read("tonight", dated).date()).hasToString("2026-11-29");
    NotANight none = catchThrowableOfType(NotANight.class, () -> read("tonight", OLD));
    assertThat(none.reason())
        .isEqualTo(
            "expected a date such as 2026-11-29 in its path, or the run's in run.finished, found"
                + " neither");
  }

  @Test
  void saysWhyAFileIsNoReport() {
    assertThat(refusal("[1]")).isEqualTo("expected a report of jobs/report, found other JSON");
    assertThat(refusal("{\"columns\": {}}"))
        .isEqualTo("expected a report of jobs/report, found other JSON");
    assertThat(refusal("{\"program\": \"x\", \"run\": {}, \"columns\": {}}"))
        .isEqualTo("expected a report on scores, found one on answers without scores");
    assertThat(refusal(OLD.replace("\"mean\": 1.5", "\"mean\": \"1.5\"")))
        .isEqualTo("columns.helpfulness.scores.mean: expected a number, found string");
    assertThat(refusal(OLD.replace("\"p50\": 1.5", "\"p51\": 1.5")))
        .isEqualTo("columns.helpfulness.scores.quantiles.p50: expected a number, found nothing");
    assertThat(refusal(OLD.replace("\"in\": 11", "\"in\": -1")))
        .isEqualTo("run.rows.in: expected a number of rows or scores, found number");
    assertThat(refusal(OLD.replace("\"result\": \"/n/1/scored\"", "\"result\": 1")))
        .isEqualTo("result: expected a text, found number");
    assertThat(refusal(OLD.replace("\"drift\"", "\"percentiles\": [1, 2], \"drift\"")))
        .isEqualTo("columns.helpfulness.percentiles: expected 101, found 2");
    assertThat(refusal(OLD.replace("\"drift\"", "\"percentiles\": [2, 1], \"drift\"")))
        .isEqualTo("columns.helpfulness.percentiles: expected numbers that rise, found others");
    assertThat(refusal(OLD.replace("\"count\": 10", "\"count\": 0")))
        .isEqualTo("columns.helpfulness.scores.count: expected at least one, found 0");
    assertThat(refusal(OLD.replace("\"drift\"", "\"labels\": {\"3\": 0}, \"drift\"")))
        .isEqualTo("columns.helpfulness.labels: expected at least one, found 0");
    assertThat(refusal(OLD.replace("helpfulness", "\\u001b[31m").replace("1.5,", "\"x\",")))
        .isEqualTo("columns.?[31m.scores.quantiles.p50: expected a number, found string");
    assertThat(refusal(OLD.replace("\"drift\"", "\"labels\": {\"a\": 1}, \"drift\"")))
        .isEqualTo("columns.helpfulness.labels: expected whole numbers for names, found another");
  }
}
