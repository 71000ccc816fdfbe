package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Place;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import io.touchstone.scoring.ScorerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveProgressTest {

  private static final CountDownLatch FIRST_LOAD_SEEN = new CountDownLatch(1);
  private static final AtomicInteger LOADS = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void numbersOfATaskArriveWhileItRuns() throws IOException {
    Path input =
        Files.write(folder.resolve("in.jsonl"), List.of(Jobs.row(1, "one"), Jobs.row(2, "two")));
    Waiting scorers = new Waiting();
    AtomicReference<JobProgress> live = new AtomicReference<>();
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[1]"))) {
      AnnotatePlan plan =
          Jobs.plan(Jobs.config(folder.resolve("out"), 1 << 20, input.toString()), scorers);
      AnnotateJob.run(
          spark,
          plan,
          scorers,
          progress -> {
            if (progress.rows() == 1) {
              live.compareAndSet(null, progress);
              FIRST_LOAD_SEEN.countDown();
            }
          });
    }
    assertThat(live.get().tokens()).isEqualTo("question 1\u0001one".length());
    assertThat(live.get().bytesDone())
        .isBetween(Jobs.row(1, "one").length() + 1L, Files.size(input));
    assertThat(live.get().bytesTotal()).isEqualTo(Files.size(input));
  }

  /** Each row is a load, and the second waits until someone has seen the first. */
  private record Waiting() implements ScorerFactory {

    @Override
    public Optional<MemoryPlan> memory() {
      return Optional.empty();
    }

    @Override
    public ModelDescription model() {
      return FakeScorerFactory.named("live").model();
    }

    @Override
    public Scorer open(Place place) {
      return new WaitingScorer(new FakeScorer(1, ""));
    }
  }

  private record WaitingScorer(FakeScorer scorer) implements Scorer {

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      return scorer.prepare(conversations);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      try {
        // The very first is the self-check of the replica.
        if (LOADS.incrementAndGet() > 2 && !FIRST_LOAD_SEEN.await(1, TimeUnit.MINUTES)) {
          throw new ScorerException("expected the first load to be seen, found no word of it");
        }
      } catch (InterruptedException e) {
        throw new ScorerException("interrupted", e);
      }
      return scorer.score(rows);
    }

    @Override
    public int loadTokens() {
      return scorer.loadTokens();
    }

    @Override
    public void close() {}
  }
}
