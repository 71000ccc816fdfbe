package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.CommitStep;
import io.touchstone.jobs.generate.GenerateConfig;
import io.touchstone.jobs.generate.GeneratePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that end before their end, in this process and in processes that are killed. */
final class GenerateResumeTest {

  private static final int ROWS = 60;

  @TempDir Path folder;

  @AfterEach
  void listenNoMore() {
    CommitStep.listen(step -> {});
  }

  private Path input(List<String> rows) throws IOException {
    return Files.write(folder.resolve("in.jsonl"), rows);
  }

  private String whole(Path input) throws Exception {
    Path out = folder.resolve("whole");
    run(GenerateJobs.config(out, 1 << 20, input), FakeGeneratorFactory.named("whole"));
    return Jobs.parts(out);
  }

  private static void run(GenerateConfig config, FakeGeneratorFactory generators) throws Exception {
    GenerateProcess.run(GenerateJobs.plan(config, generators), generators, new Configuration());
  }

  private static List<Path> finishedRows(Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out.resolve("_tmp"))) {
      return files.filter(file -> file.toString().contains(".finished-")).sorted().toList();
    }
  }

  private static JsonNode run(Path out) throws IOException {
    return JsonFile.tree(Files.readAllBytes(out.resolve("_run.json")));
  }

  /** Ends an attempt once all of its rows are done, and leaves what it would leave. */
  private static void dieBeforeTheCommit(GenerateConfig config, FakeGeneratorFactory generators) {
    CommitStep.listen(Death.at(CommitStep.RECORD_WRITTEN));
    assertThatThrownBy(() -> run(config, generators)).isInstanceOf(ExecutionException.class);
    CommitStep.listen(step -> {});
  }

  @Test
  void rowsThatAnAttemptHasFinishedAreNotAnsweredAgain() throws Exception {
    Path input = input(GenerateJobs.rows(ROWS));
    Path out = folder.resolve("out");
    GenerateConfig config = GenerateJobs.config(out, 1 << 20, input);
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("taken");
    dieBeforeTheCommit(config, generators);
    assertThat(generators.answered()).isEqualTo(ROWS);
    assertThat(finishedRows(out)).hasSize(1);
    Path left = finishedRows(out).get(0);
    List<String> lines = Files.readAllLines(left);
    assertThat(lines).hasSize(ROWS);
    Files.write(left, lines.subList(0, 40));
    run(config, generators);
    assertThat(generators.answered()).isEqualTo(ROWS + 20);
    assertThat(Jobs.parts(out)).isEqualTo(whole(input)).isNotEmpty();
    assertThat(run(out).path("takenRows").asInt()).isEqualTo(40);
    assertThat(out.resolve("_tmp")).doesNotExist();
  }

  @Test
  void aTailThatWasTornOrChangedIsAnsweredAnew() throws Exception {
    Path input = input(GenerateJobs.rows(ROWS));
    Path out = folder.resolve("out");
    GenerateConfig config = GenerateJobs.config(out, 1 << 20, input);
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("torn");
    dieBeforeTheCommit(config, generators);
    Path left = finishedRows(out).get(0);
    byte[] all = Files.readAllBytes(left);
    // In the midst of a row's JSON, and of the checksum of another one.
    int row = new String(all, UTF_8).indexOf("answer", all.length / 2);
    all[row] = 'X';
    Files.write(left, all);
    run(config, generators);
    long again = generators.answered() - ROWS;
    assertThat(again).isBetween(1L, ROWS - 1L);
    assertThat(run(out).path("takenRows").asLong()).isEqualTo(ROWS - again);
    assertThat(Jobs.parts(out)).isEqualTo(whole(input));

    Path cut = folder.resolve("cut");
    GenerateConfig other = GenerateJobs.config(cut, 1 << 20, input);
    FakeGeneratorFactory more = FakeGeneratorFactory.named("cut");
    dieBeforeTheCommit(other, more);
    Path file = finishedRows(cut).get(0);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 7));
    run(other, more);
    assertThat(more.answered()).isEqualTo(ROWS + 1);
    assertThat(Jobs.parts(cut)).isEqualTo(whole(input));
  }

  @Test
  void whatIsLeftOfALineThatIsAnotherNowIsNotTaken() throws Exception {
    Path input = input(GenerateJobs.rows(4));
    Path out = folder.resolve("out");
    GenerateConfig config = GenerateJobs.config(out, 1 << 20, input);
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("another");
    dieBeforeTheCommit(config, generators);
    Path left = finishedRows(out).get(0);
    String lines = Files.readString(left);
    List<String> forged = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      JsonNode row = JsonFile.tree(line.substring(9).getBytes(UTF_8));
      String json = line.substring(9).replace(row.path("digest").asText(), "0".repeat(32));
      java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
      sum.update(json.getBytes(UTF_8));
      forged.add(String.format("%08x %s", sum.getValue(), json));
    }
    Files.write(left, forged);
    run(config, generators);
    assertThat(generators.answered()).isEqualTo(8);
    assertThat(Jobs.parts(out)).isEqualTo(whole(input));
  }

  @Test
  void aProcessThatIsKilledLosesNoRowThatItHadFinished() throws Exception {
    Path input = input(GenerateJobs.rows(ROWS));
    Path out = folder.resolve("out");
    GenerateProcess.Call call =
        new GenerateProcess.Call(input, out, Files.size(input) / 2 + 1, PromptHarm.NONE, 20, 0);
    int killed = 0;
    for (int wanted = 5; wanted <= 35; wanted += 15) {
      try (GenerateProcess process = GenerateProcess.start(call)) {
        awaitRows(out, wanted);
        killed += process.kill() ? 1 : 0;
      }
    }
    assertThat(killed).isEqualTo(3);
    long kept = keptRows(out);
    assertThat(kept).isGreaterThanOrEqualTo(35);
    FakeGeneratorFactory generators = FakeGeneratorFactory.named("process");
    GeneratePlan plan =
        GenerateJobs.plan(
            GenerateJobs.withPolicy(
                GenerateJobs.config(out, Files.size(input) / 2 + 1, input), (r, in) -> false, 0),
            generators);
    GenerateProcess.run(plan, generators, new Configuration());
    assertThat(generators.answered()).isEqualTo(ROWS - kept);
    assertThat(Jobs.parts(out)).isEqualTo(whole(input));
    assertThat(run(out).path("takenRows").asLong()).isEqualTo(kept);
  }

  private static long keptRows(Path out) throws IOException {
    long rows = 0;
    for (Path file : finishedRows(out)) {
      byte[] bytes = Files.readAllBytes(file);
      for (byte unit : bytes) {
        rows += unit == '\n' ? 1 : 0;
      }
    }
    return rows;
  }

  private static void awaitRows(Path out, int wanted) throws Exception {
    long end = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < end) {
      try {
        if (keptRows(out) >= wanted) {
          return;
        }
      } catch (IOException notYet) {
        // The folder is not begun, or a file just went.
      } catch (java.io.UncheckedIOException notYet) {
        // As above, while the folder is walked.
      }
      Thread.sleep(10);
    }
    throw new AssertionError("expected " + wanted + " finished rows within a minute");
  }

  private List<Integer> statuses(Path input, Path out, PromptHarm harm, int passSeconds)
      throws Exception {
    List<Integer> statuses = new ArrayList<>();
    GenerateProcess.Call call = new GenerateProcess.Call(input, out, 1 << 20, harm, 0, passSeconds);
    do {
      try (GenerateProcess process = GenerateProcess.start(call)) {
        statuses.add(process.await());
      }
    } while (statuses.get(statuses.size() - 1) != 0 && statuses.size() < 6);
    return statuses;
  }

  private List<String> poisoned() {
    List<String> rows = GenerateJobs.rows(ROWS);
    List<String> poisoned = new ArrayList<>(rows);
    poisoned.set(31, GenerateJobs.row(31, "bad " + PromptHarm.POISON));
    return poisoned;
  }

  private void assertRejectedAlone(Path out, String kind, String reason) throws Exception {
    List<String> rejected = Jobs.parts(out.resolve("_rejected")).lines().toList();
    assertThat(rejected).hasSize(1);
    JsonNode entry = JsonFile.tree(rejected.get(0).getBytes(UTF_8));
    assertThat(entry.path("kind").asText()).isEqualTo(kind);
    assertThat(entry.path("reason").asText()).isEqualTo(reason);
    List<String> others = new ArrayList<>(poisoned());
    others.remove(31);
    Path sound = Files.write(folder.resolve("sound.jsonl"), others);
    Path expected = folder.resolve("expected-" + kind);
    run(GenerateJobs.config(expected, 1 << 20, sound), FakeGeneratorFactory.named(kind));
    assertThat(Jobs.parts(out)).isEqualTo(Jobs.parts(expected));
  }

  @Test
  void aRowThatKillsTheProcessTwiceAmongOthersAndTwiceAloneIsSetAside() throws Exception {
    Path out = folder.resolve("out");
    assertThat(statuses(input(poisoned()), out, PromptHarm.KILLS, 0))
        .containsExactly(
            PromptHarm.STATUS, PromptHarm.STATUS, PromptHarm.STATUS, PromptHarm.STATUS, 0);
    assertRejectedAlone(
        out,
        "killed-the-process",
        "the model: expected an answer, found that 2 processes died while they ran this row and"
            + " nothing else; it was not run again");
  }

  @Test
  void aRowWhosePassNeverEndsIsSetAside() throws Exception {
    Path out = folder.resolve("out");
    assertThat(statuses(input(poisoned()), out, PromptHarm.HANGS, 1)).containsExactly(1, 1, 1, 0);
    assertRejectedAlone(
        out,
        "timed-out",
        "the model: expected each pass of the row alone within 1 s, found none after 1 s; it was"
            + " not run again");
  }

  @Test
  void aRowThatKillsTheProcessBeforeTheModelIsSetAside() throws Exception {
    Path out = folder.resolve("out");
    assertThat(statuses(input(poisoned()), out, PromptHarm.KILLS_AT_ONCE, 0))
        .containsExactly(
            PromptHarm.STATUS, PromptHarm.STATUS, PromptHarm.STATUS, PromptHarm.STATUS, 0);
    assertRejectedAlone(
        out,
        "killed-the-process",
        "the model: expected an answer, found that 2 processes died while they ran this row and"
            + " nothing else; it was not run again");
  }
}
