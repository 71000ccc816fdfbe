package io.touchstone.jobs.annotate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.files.FileKind;
import io.touchstone.files.JsonFile;
import io.touchstone.files.read.InputFile;
import io.touchstone.jobs.RowCounts;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.pipeline.KnownTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoringRunTest {

  @TempDir Path folder;

  private Optional<ScoringRun> beside() throws IOException {
    return ScoringRun.beside(
        new InputFile(folder.resolve("part-00000.jsonl").toString(), FileKind.LINES, 10, 0, null),
        new Configuration());
  }

  private void write(byte[] json) throws IOException {
    Files.write(folder.resolve("_run.json"), json);
  }

  @Test
  void readsWhatAnAnnotateJobWrites() throws IOException {
    SortedMap<String, String> configuration =
        new TreeMap<>(Map.of("output.labels", "rounded", "output.field", "worth"));
    SortedMap<String, Long> rejected = new TreeMap<>(Map.of("no-object", 2L));
    write(
        JsonFile.bytes(
            new AnnotateSummary(
                "touchstone",
                "2026-11-29T02:17:00Z",
                configuration,
                new ModelDescription(
                    "/m",
                    "f00d",
                    "Llama",
                    List.of("a", "b"),
                    9,
                    "chat",
                    "2024-07-26",
                    "fp32",
                    "h",
                    new ModelReading(
                        "file",
                        List.of("normalizer of X"),
                        "logit",
                        List.of(),
                        List.of("n"),
                        List.of("w"))),
                Map.of(),
                "none",
                new AnnotateSummary.Inputs(1, 2, 3, List.of()),
                new AnnotateSummary.Pieces(5, 4),
                new RowCounts(10, 7, 2, 1),
                rejected,
                new TreeMap<>(Map.of("tools", 1L)),
                0,
                new AnnotateSummary.Tokens(100, 60, 0),
                new KnownTotals(1, 2, 30, 4),
                Map.of(),
                0,
                new AnnotateReport.Seconds(1.5, 2, 3, 4),
                List.of(),
                5)));
    assertThat(folder.resolve("_run.json"))
        .content()
        .contains(
            """
              "model" : {
                "path" : "/m",
                "fingerprint" : "f00d",
                "architecture" : "Llama",
                "attributes" : [ "a", "b" ],
                "maxTokens" : 9,
                "prompt" : "chat",
                "templateDate" : "2024-07-26",
                "precision" : "fp32",
                "reading" : {
                  "tokenizer" : "file",
                  "tokenizerDifferences" : [ "normalizer of X" ],
                  "readOut" : "logit",
                  "shownNames" : [ ],
                  "notes" : [ "n" ],
                  "warnings" : [ "w" ]
                }
              },
            """);
    assertThat(beside())
        .contains(
            new ScoringRun(
                new ScoringRun.Model(
                    "/m",
                    "f00d",
                    "Llama",
                    "fp32",
                    List.of("a", "b"),
                    new ScoringRun.Reading(
                        "file", List.of("normalizer of X"), "logit", List.of("w"))),
                "rounded",
                Optional.of("worth"),
                ScoringRun.Judged.ANSWERS,
                new RowCounts(10, 7, 2, 1),
                rejected,
                new ScoringRun.Tokens(100, 60, 30, 0),
                new ScoringRun.Made(
                    4,
                    new AnnotateReport.Seconds(1.5, 2, 3, 4),
                    5,
                    Optional.of(Instant.parse("2026-11-29T02:17:00Z")))));
    assertThat(beside().orElseThrow().wrote("worth")).isTrue();
    assertThat(beside().orElseThrow().wrote("reward")).isFalse();
  }

  @Test
  void takesWhatIsLackingForNothing() throws IOException {
    write("{\"model\":{\"fingerprint\":\"f00d\",\"attributes\":3},\"pieces\":[]}".getBytes(UTF_8));
    ScoringRun run = beside().orElseThrow();
    assertThat(run.model())
        .isEqualTo(
            new ScoringRun.Model(
                "",
                "f00d",
                "",
                "",
                List.of(),
                new ScoringRun.Reading("", List.of(), "", List.of())));
    assertThat(run.labels()).isEqualTo("float");
    assertThat(run.made())
        .isEqualTo(
            new ScoringRun.Made(0, new AnnotateReport.Seconds(0, 0, 0, 0), 0, Optional.empty()));
    assertThat(run.wrote("reward")).isTrue();
  }

  @Test
  void isNoneWithoutAFileOrWithThatOfAnotherProgram() throws IOException {
    assertThat(beside()).isEmpty();
    write("{\"model\":\"gpt\",\"configuration\":{\"output.field\":\"no name\"}}".getBytes(UTF_8));
    assertThat(beside()).isEmpty();
    write("[1]".getBytes(UTF_8));
    assertThat(beside()).isEmpty();
  }
}
