package io.touchstone.files.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import io.touchstone.spark.Death;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public final class PieceOutputTest {

  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("piece-output");

  record Counts(String by) {}

  @TempDir Path folder;
  private Path out;
  private OutputFolder output;

  @BeforeEach
  void begin() throws IOException {
    out = folder.resolve("out");
    Path input = Files.writeString(folder.resolve("in.jsonl"), Jobs.row(1, "a") + "\n");
    output =
        Jobs.plan(Jobs.config(out, 1 << 20, input.toString()), SCORERS).folder(new Configuration());
    output.begin();
  }

  private PieceOutput attempt(String name) throws IOException {
    PieceOutput piece = new PieceOutput(output.forAttempts(), 0, 1 << 20, name);
    piece.row(("by " + name).getBytes(UTF_8));
    return piece;
  }

  private static RawLine line(String text) {
    return new RawLine.Whole("file:/in", 0, text.getBytes(UTF_8));
  }

  @Test
  void ofAttemptsThatRaceOneCommitsWithItsOwnRowsRejectedLinesAndCounts() throws Exception {
    int attempts = 8;
    ExecutorService threads = Executors.newFixedThreadPool(attempts);
    for (int round = 0; round < 50; round++) {
      CyclicBarrier start = new CyclicBarrier(attempts);
      List<Callable<Boolean>> racers = new ArrayList<>();
      for (int racer = 0; racer < attempts; racer++) {
        String name = "racer-" + racer;
        boolean rejects = racer % 2 == 0;
        racers.add(
            () -> {
              try (PieceOutput piece = attempt(name)) {
                if (rejects) {
                  piece.rejected(line("no row"), new Rejected("by-" + name, "to tell them apart"));
                }
                piece.finish();
                start.await();
                return piece.commit(new Counts(name));
              }
            });
      }
      List<String> winners = new ArrayList<>();
      List<Future<Boolean>> results = threads.invokeAll(racers);
      for (int racer = 0; racer < attempts; racer++) {
        if (results.get(racer).get()) {
          winners.add("racer-" + racer);
        }
      }
      assertThat(winners).hasSize(1);
      String winner = winners.get(0);
      PieceCommit commit = PieceCommit.read(output.forAttempts(), 0);
      assertThat(commit.attempt()).isEqualTo(winner);
      assertThat(commit.statsAs(Counts.class)).isEqualTo(new Counts(winner));
      assertThat(Files.readString(out.resolve("part-00000.jsonl")))
          .isEqualTo("by " + winner + "\n");
      Path rejected = out.resolve("_rejected/part-00000.jsonl");
      if (commit.rejects()) {
        assertThat(Files.readString(rejected)).contains("\"kind\": \"by-" + winner + "\"");
      } else {
        assertThat(rejected).doesNotExist();
      }
      assertThat(Jobs.tree(out.resolve("_tmp"))).isEmpty();
      Files.deleteIfExists(rejected);
      Files.delete(out.resolve("part-00000.jsonl"));
      Files.delete(out.resolve("_stats/part-00000.json"));
    }
    threads.shutdown();
  }

  @Test
  void aZombieThatCommitsAfterAnotherAttemptChangesNothing() throws IOException {
    PieceOutput zombie = attempt("zombie");
    zombie.rejected(line("no row"), new Rejected("by-zombie", "late"));
    zombie.finish();
    try (PieceOutput second = attempt("second")) {
      second.finish();
      assertThat(second.commit(new Counts("second"))).isTrue();
    }
    assertThat(zombie.commit(new Counts("zombie"))).isFalse();
    zombie.close();
    assertThat(Jobs.tree(out))
        .containsExactly("_plan.json", "_stats/part-00000.json", "part-00000.jsonl");
    assertThat(Files.readString(out.resolve("part-00000.jsonl"))).isEqualTo("by second\n");
  }

  @Test
  void aZombieOfAJobThatHasEndedCannotWriteIntoItsFolder() throws IOException {
    PieceOutput zombie = attempt("zombie");
    PieceOutput second = attempt("second");
    second.finish();
    second.commit(new Counts("second"));
    output.settle();
    output.succeed(new Counts("all"));
    zombie.finish();
    assertThatThrownBy(() -> zombie.commit(new Counts("zombie"))).isInstanceOf(IOException.class);
    zombie.close();
    assertThatThrownBy(() -> attempt("late")).isInstanceOf(IOException.class);
    assertThat(Jobs.tree(out))
        .containsExactly(
            "_SUCCESS", "_plan.json", "_run.json", "_stats/part-00000.json", "part-00000.jsonl");
  }

  @Test
  void whatACommittedAttemptDidNotLiveToPlaceIsPlacedByTheNextJob() throws IOException {
    try (PieceOutput dying = attempt("dying")) {
      dying.rejected(line("no row"), new Rejected("by-dying", "to tell them apart"));
      dying.finish();
      CommitStep.listen(Death.at(CommitStep.RECORD_PLACED));
      assertThatThrownBy(() -> dying.commit(new Counts("dying"))).isInstanceOf(Death.class);
    } finally {
      CommitStep.listen(step -> {});
    }
    assertThat(out.resolve("part-00000.jsonl")).doesNotExist();
    assertThat(output.check()).isEqualTo(new OutputState.Unfinished(Set.of(0)));
    assertThat(output.begin()).containsExactly(0);
    assertThat(Files.readString(out.resolve("part-00000.jsonl"))).isEqualTo("by dying\n");
    assertThat(Files.readString(out.resolve("_rejected/part-00000.jsonl"))).contains("by-dying");
  }

  @Test
  void aPieceWhosePartSomeoneDeletedIsDoneAgain() throws IOException {
    try (PieceOutput first = attempt("first")) {
      first.finish();
      first.commit(new Counts("first"));
    }
    Files.delete(out.resolve("part-00000.jsonl"));
    assertThat(output.begin()).isEmpty();
    assertThat(out.resolve("_stats/part-00000.json")).doesNotExist();
  }

  @Test
  void aPartWithoutARecordIsNotTrusted() throws IOException {
    Files.writeString(out.resolve("part-00000.jsonl"), "from somewhere\n");
    assertThat(output.begin()).isEmpty();
    assertThat(out.resolve("part-00000.jsonl")).doesNotExist();
  }

  @Test
  void placingNeverOverwritesAndNamesWhatIsMissing() throws IOException {
    org.apache.hadoop.fs.Path from = output.layout().temporary("from");
    org.apache.hadoop.fs.Path to = output.layout().part(0);
    Files.writeString(out.resolve("part-00000.jsonl"), "first");
    output.store().create(from).close();
    assertThat(output.store().placeNew(from, to)).isFalse();
    assertThat(Files.readString(out.resolve("part-00000.jsonl"))).isEqualTo("first");
    output.store().files().delete(from, false);
    Files.delete(out.resolve("part-00000.jsonl"));
    assertThatThrownBy(() -> output.store().placeNew(from, to))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("/from or the folder of " + out.resolve("part-00000.jsonl"));
  }
}
