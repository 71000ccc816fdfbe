package io.touchstone.spark.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.scoring.pipeline.RowWatch;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarkedRowsTest {

  @TempDir Path folder;
  private AnnotatePlan plan;
  private OutputFolder output;

  @BeforeEach
  void begin() throws IOException {
    Path input = Files.writeString(folder.resolve("in.jsonl"), Jobs.row(1, "a") + "\n");
    plan =
        Jobs.plan(
            Jobs.config(folder.resolve("out"), 1 << 20, input.toString()),
            FakeScorerFactory.named("marked-rows"));
    output = plan.folder(new Configuration());
    output.begin();
  }

  private MarkedRows rows(String attempt) throws IOException {
    AttemptMarks marks =
        new AttemptMarks(output.forAttempts(), 0, MappedModel.here(new TreeMap<>()));
    return new MarkedRows(plan.pieces().get(0), marks.suspicions(), marks.create(attempt), 0);
  }

  private static RawLine line(long offset) {
    return new RawLine.Whole("in", offset, new byte[0]);
  }

  private String mark(String attempt) {
    try {
      return Files.readString(
          Path.of(output.layout().marksFolder().toUri().getPath(), "part-00000." + attempt));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLoadIsMarkedBeforeItRunsAndNoLongerAfterwardsThoughItFails() throws IOException {
    try (MarkedRows rows = rows("a")) {
      String during = rows.scoring(List.of(List.of(line(3), line(5), line(9))), () -> mark("a"));
      assertThat(during)
          .isEqualTo("{\"step\":\"LOAD\",\"first\":3,\"last\":9,\"runs\":[],\"seconds\":0}\n");
      assertThat(mark("a"))
          .endsWith("{\"step\":\"NOTHING\",\"first\":0,\"last\":0,\"runs\":[],\"seconds\":0}\n");
      assertThatThrownBy(
              () ->
                  rows.alone(
                      line(5),
                      () -> {
                        throw new IllegalStateException("fails");
                      }))
          .hasMessage("fails");
      assertThat(mark("a").lines().skip(2))
          .containsExactly(
              "{\"step\":\"ALONE\",\"first\":5,\"last\":5,\"runs\":[],\"seconds\":0}",
              "{\"step\":\"NOTHING\",\"first\":0,\"last\":0,\"runs\":[],\"seconds\":0}");
    }
  }

  @Test
  void ofALoadThatIsBroughtTogetherOnlyItsOwnRowsAreSuspected() throws IOException {
    String load;
    try (MarkedRows rows = rows("a")) {
      load =
          rows.scoring(
              List.of(List.of(line(3), line(5)), List.of(line(9)), List.of(line(20), line(30))),
              () -> mark("a"));
    }
    assertThat(load)
        .isEqualTo(
            "{\"step\":\"LOAD\",\"first\":3,\"last\":30,\"runs\":[{\"first\":3,\"last\":5},"
                + "{\"first\":9,\"last\":9},{\"first\":20,\"last\":30}],\"seconds\":0}\n");
    Files.writeString(
        Path.of(output.layout().marksFolder().toUri().getPath(), "part-00000.dead"), load);
    try (MarkedRows rows = rows("b")) {
      for (long suspected : new long[] {3, 5, 9, 20, 25, 30}) {
        assertThat(rows.caution(line(suspected))).isEqualTo(new RowWatch.Caution.Alone());
      }
      for (long other : new long[] {2, 7, 12, 31}) {
        assertThat(rows.caution(line(other))).isEqualTo(new RowWatch.Caution.None());
      }
    }
  }

  @Test
  void linesReadAheadAreMarkedOnceAndEachOfThemApartAfterADeath() throws IOException {
    String first = "{\"step\":\"AHEAD\",\"first\":3,\"last\":9,\"runs\":[],\"seconds\":0}";
    try (MarkedRows rows = rows("a")) {
      rows.ahead(List.of(line(3), line(9)));
      assertThat(rows.preparing(line(3), () -> mark("a")).lines()).containsExactly(first);
    }
    Files.writeString(
        Path.of(output.layout().marksFolder().toUri().getPath(), "part-00000.dead"), first + "\n");
    try (MarkedRows rows = rows("b")) {
      rows.ahead(List.of(line(3), line(9), line(12)));
      assertThat(rows.preparing(line(9), () -> mark("b")))
          .endsWith("{\"step\":\"APART\",\"first\":9,\"last\":9,\"runs\":[],\"seconds\":0}\n");
      assertThat(rows.preparing(line(12), () -> mark("b")))
          .endsWith("{\"step\":\"PREPARED\",\"first\":9,\"last\":9,\"runs\":[],\"seconds\":0}\n");
    }
  }

  @Test
  void nothingElseRunsInTheProcessWhileARowRunsAlone() throws Exception {
    AtomicInteger done = new AtomicInteger();
    try (MarkedRows alone = rows("alone");
        MarkedRows other = rows("other")) {
      Thread scoring = new Thread(() -> score(other, done));
      Thread preparing = new Thread(() -> prepare(other, done));
      alone.alone(
          line(0),
          () -> {
            startAndAwaitWaiting(scoring);
            startAndAwaitWaiting(preparing);
            assertThat(mark("other")).as("marks of a load that waits").isEmpty();
            assertThat(done).hasValue(0);
            return done;
          });
      scoring.join();
      preparing.join();
      assertThat(done).hasValue(2);
    }
  }

  private static void score(MarkedRows rows, AtomicInteger done) {
    try {
      rows.scoring(List.of(List.of(line(1))), done::incrementAndGet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void prepare(MarkedRows rows, AtomicInteger done) {
    try {
      rows.preparing(line(1), done::incrementAndGet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void startAndAwaitWaiting(Thread thread) {
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
