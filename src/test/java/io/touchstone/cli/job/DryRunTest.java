package io.touchstone.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.Program;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run says is what the job then finds. */
final class DryRunTest {
  private static final Path SAMPLES = Path.of("data-samples");
  private static final List<String> INPUTS =
      List.of(
          SAMPLES.resolve("helpsteer.jsonl").toString(),
          SAMPLES.resolve("messages.jsonl").toString(),
          SAMPLES.resolve("candidates.jsonl").toString(),
          SAMPLES.resolve("with-bad-lines.jsonl").toString());

  @TempDir Path folder;

  private final Program program = Program.installed();

  @Test
  void countsRowsTokensAndRejectionsAsTheJobDoes() throws IOException {
    List<String> call = new ArrayList<>(INPUTS);
    call.addAll(List.of("--turns", "all"));
    String dry = run(with(call, "--dry-run=full"));
    assertThat(folder).isEmptyDirectory();

    Path output = folder.resolve("out");
    run(with(call, "--output", output.toString()));
    JsonNode found = new ObjectMapper().readTree(output.resolve("_run.json").toFile());
    assertThat(dry)
        .contains("read      all ")
        .contains(
            String.format(
                Locale.ROOT,
                "tokens    %,d presented, %,d computed",
                found.at("/tokens/presented").asLong(),
                found.at("/tokens/computed").asLong()))
        .contains("rows      " + found.at("/rows/in").asLong() + " in: ");
    List<String> kinds = new ArrayList<>();
    found
        .get("rejectedByKind")
        .fields()
        .forEachRemaining(kind -> kinds.add(kind.getValue().asLong() + " " + kind.getKey()));
    assertThat(kinds).isNotEmpty();
    assertThat(dry).contains("rejected  " + String.join(", ", kinds) + "\n");
  }

  @Test
  void namesFilesThatTheJobWouldNotRead() throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    Files.copy(SAMPLES.resolve("helpsteer.jsonl"), in.resolve("rows.json"));
    Files.writeString(in.resolve("state.json"), "{\n}\n");
    assertThat(run(with(List.of(in.toString()), "--dry-run")))
        .contains("\n  skipped   1 file: state.json (one JSON object)\n");
  }

  @Test
  void saysOfALedgerWhatTheJobThenFindsAndLeavesItAlone() throws IOException {
    String ledger = folder.resolve("ledger").toString();
    String first = SAMPLES.resolve("helpsteer.jsonl").toString();
    Path same = Files.createDirectory(folder.resolve("same")).resolve("rows.jsonl");
    List<String> rows = new ArrayList<>(Files.readAllLines(Path.of(first)).subList(0, 5));
    for (int i = 0; i < 7; i++) {
      rows.add("{\"prompt\": \"What is new?\", \"response\": \"Night " + i % 3 + ".\"}");
    }
    Files.write(same, rows);
    List<List<String>> nights =
        List.of(List.of(first), List.of(first, same.toString()), List.of(first));
    for (int night = 0; night < nights.size(); night++) {
      List<String> call = with(nights.get(night), "--ledger", ledger);
      String dry = run(with(call, "--dry-run=full"));
      assertThat(folder.resolve("ledger").toFile().exists()).isEqualTo(night > 0);
      String job = run(with(call, "--output", folder.resolve("night-" + night).toString()));
      assertThat(line(dry, "ledger").replace("scores to add", "scores added"))
          .isEqualTo(line(job, "ledger"));
      assertThat(line(job, "tokens"))
          .startsWith(line(dry, "tokens").replaceFirst(" computed: .*", " computed, "));
      if (night == 2) {
        assertThat(line(dry, "time")).isEqualTo("none in the model: every score is known");
      }
    }
  }

  private static String line(String text, String name) {
    Matcher found = Pattern.compile("(?m)^  " + name + " +(.*)$").matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  @Test
  void aSampleOfManyRowsTellsAboutHowManyThereAre() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String words = "the river and the stone ".repeat(1 + i / 2 % 7);
      lines.add(
          "{\"prompt\": \"Row " + i / 2 + " " + words + "\", \"response\": \"" + words + "\"}");
    }
    Path input = Files.write(folder.resolve("many.jsonl"), lines);

    String text = run(List.of(input.toString(), "--dry-run", "--device-model", "h100"));

    assertThat(text).contains("2,048 rows, ").contains("from places spread evenly");
    assertThat(number(text, "rows      about ([\\d,]+) in")).isCloseTo(20_000, within(600.0));
    assertThat(text)
        .contains("  h100      about 0.0 s on one of them, on paper:\n")
        .contains(" operations / (0.5 x 989 x ");
    assertThat(number(text, "computed: ([\\d]+) % less")).isPositive();
  }

  @Test
  void aDeviceOnPaperNeedsADryRun() {
    ExitStatus status =
        program.run("annotate", INPUTS.get(0), "--output", "unused", "--device-model", "h100");
    assertThat(status).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            """
            touchstone annotate: 1 problem:
              --device-model: expected --dry-run beside it
            """);
  }

  private static double number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return Double.parseDouble(found.group(1).replace(",", ""));
  }

  private static List<String> with(List<String> call, String... more) {
    List<String> all = new ArrayList<>(call);
    all.addAll(List.of(more));
    return all;
  }

  private String run(List<String> args) {
    List<String> call = new ArrayList<>(List.of("annotate"));
    call.addAll(args);
    ExitStatus status = program.run(call);
    assertThat(program.err()).isEmpty();
    assertThat(status).isEqualTo(ExitStatus.DONE);
    return program.out();
  }
}
