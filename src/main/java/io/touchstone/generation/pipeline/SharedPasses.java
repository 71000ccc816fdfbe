package io.touchstone.generation.pipeline;

import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.Logits;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The passes of one model, which rows of all sessions share. Whoever waits drives a pass if nobody
 * does; the others wait for its end.
 */
final class SharedPasses {

  private final CausalModel model;
  private final Places places;
  private final AnswerLengths lengths;
  private final Choosing choosing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** By age. */
  private final List<Row> rows = new ArrayList<>();

  private boolean passing;
  private boolean closed;

  /** The row that runs alone. */
  private @Nullable Row only;

  private int waiting;
  private long waitingTokens;

  SharedPasses(
      CausalModel model,
      Function<Sample, OpenAnswer> begins,
      AnswerLengths lengths,
      Choosing choosing) {
    this.model = model;
    this.places = new Places(model, begins, lengths);
    this.lengths = lengths;
    this.choosing = choosing;
  }

  /**
   * Does something with the model while no pass is under way.
   *
   * @throws ScorerException if the passes have come to an end
   */
  void apart(Runnable work) {
    lock.lock();
    try {
      awaitNoPass();
      requireOpen();
      passing = true;
    } finally {
      lock.unlock();
    }
    try {
      work.run();
    } finally {
      lock.lock();
      try {
        end();
      } finally {
        lock.unlock();
      }
    }
  }

  private void awaitNoPass() {
    while (passing) {
      changed.awaitUninterruptibly();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new ScorerException("generator: expected an open one, found it closed");
    }
  }

  /** Whether one more row would soon get a place. */
  boolean hasRoom() {
    lock.lock();
    try {
      return waitingTokens < places.passTokens() && places.hasRoomFor(waiting + 1, waitingTokens);
    } finally {
      lock.unlock();
    }
  }

  void start(Row row) {
    lock.lock();
    try {
      rows.add(row);
      waiting += row.samples().size();
      waitingTokens += row.prompt().ids().length;
    } finally {
      lock.unlock();
    }
  }

  /** Starts a row and pauses all others, once no other runs alone. */
  void startAlone(Row row) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (only != null) {
        changed.await();
      }
      only = row;
      rows.add(row);
    } finally {
      lock.unlock();
    }
  }

  /** Lets the others go on. */
  void endAlone(Row row) {
    lock.lock();
    try {
      if (only == row) {
        only = null;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the rows of a session; what they hold is free after the pass that may be under way. */
  void giveUp(ReplicaSession session) {
    lock.lock();
    try {
      for (Row row : rows) {
        if (row.session() == session) {
          row.giveUp();
        }
      }
      if (!passing) {
        removeGivenUp();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the end of a pass, and drives it where nobody does.
   *
   * @throws ScorerException if the pass fails
   */
  void pass(ReplicaSession session) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (session.isOver()) {
        return;
      }
      if (passing || only != null && only.session() != session) {
        changed.await();
        return;
      }
      requireOpen();
      passing = true;
    } finally {
      lock.unlock();
    }
    drive();
  }

  private void drive() {
    try {
      Pass pass = new Pass();
      pass.run();
      lock.lock();
      try {
        pass.hand();
        end();
      } finally {
        lock.unlock();
      }
    } catch (RuntimeException | Error failure) {
      fail(failure);
      throw failure;
    }
  }

  /** After a pass, whether it succeeded or not. */
  private void end() {
    passing = false;
    removeGivenUp();
    changed.signalAll();
  }

  private void removeGivenUp() {
    for (Row row : rows) {
      if (row.isGivenUp()) {
        row.release();
        places.freed();
      }
    }
    rows.removeIf(Row::isGivenUp);
    countWaiting();
  }

  private void countWaiting() {
    waiting = 0;
    waitingTokens = 0;
    for (Row row : rows) {
      int samples = 0;
      for (Sample sample : row.samples()) {
        samples += sample.waits() ? 1 : 0;
      }
      waiting += samples;
      waitingTokens += samples > 0 ? row.prompt().ids().length : 0;
    }
  }

  /** All that was under way is lost; whoever starts rows afterwards begins with an empty model. */
  private void fail(Throwable failure) {
    lock.lock();
    try {
      for (Row row : rows) {
        try {
          row.release();
        } catch (RuntimeException more) {
          failure.addSuppressed(more);
        }
        row.session().fail(failure);
      }
      rows.clear();
      places.freed();
      end();
    } finally {
      lock.unlock();
    }
  }

  /** One pass on its way. */
  private final class Pass {
    private final List<Row> running = new ArrayList<>();
    private final List<Row> paused = new ArrayList<>();
    private PassPlan plan = new PassPlan(List.of(), List.of());
    private long nanos;

    void run() {
      lock.lock();
      try {
        for (Row row : rows) {
          (only == null || only == row ? running : paused).add(row);
        }
      } finally {
        lock.unlock();
      }
      plan = places.plan(samples(running), samples(paused));
      if (plan.isEmpty()) {
        throw new IllegalStateException("expected a row that fits the memory, found none");
      }
      List<CausalModel.Feed> feeds = plan.feeds();
      long start = System.nanoTime();
      List<Logits> logits = model.pass(feeds);
      nanos = System.nanoTime() - start;
      choosing.choose(asking(logits));
    }

    private static List<Sample> samples(List<Row> rows) {
      return rows.stream().flatMap(row -> row.samples().stream()).toList();
    }

    /** Who takes a token from which logits: all samples of a row take their first from the same. */
    private List<Choosing.Asking> asking(List<Logits> logits) {
      List<Choosing.Asking> asking = new ArrayList<>();
      int next = 0;
      for (Sample sample : plan.decoding()) {
        asking.add(new Choosing.Asking(sample.open(), logits.get(next++)));
      }
      for (PassPlan.Piece piece : plan.prompts()) {
        if (piece.isLast()) {
          Logits first = logits.get(next++);
          asking.add(new Choosing.Asking(piece.sample().open(), first));
          for (Sample sibling : places.forkSiblings(piece.sample())) {
            asking.add(new Choosing.Asking(sibling.open(), first));
          }
        }
      }
      return asking;
    }

    /** Hands out what has come of it. */
    void hand() {
      Map<ReplicaSession, Share> shares = new LinkedHashMap<>();
      for (Sample sample : plan.decoding()) {
        share(shares, sample).tokens++;
      }
      for (PassPlan.Piece piece : plan.prompts()) {
        Share share = share(shares, piece.sample());
        share.tokens += piece.tokens();
        share.computed += piece.tokens();
      }
      long all = shares.values().stream().mapToLong(share -> share.tokens).sum();
      shares.forEach(
          (session, share) ->
              session.count(share.computed, Math.round((double) nanos * share.tokens / all)));
      Set<Row> done = new HashSet<>();
      for (Row row : running) {
        if (row.isGivenUp()) {
          continue;
        }
        settle(row);
        AnsweredPrompt outcome = row.outcome();
        if (outcome != null) {
          row.release();
          row.session().finish(outcome);
          done.add(row);
        }
      }
      rows.removeAll(done);
    }

    private static Share share(Map<ReplicaSession, Share> shares, Sample sample) {
      return shares.computeIfAbsent(sample.row().session(), session -> new Share());
    }

    private void settle(Row row) {
      for (Sample sample : row.samples()) {
        if (sample.place() == null) {
          continue;
        }
        OpenAnswer open = sample.open();
        row.session().generated(sample.takeGenerated(open.tokens()));
        open.refusal().ifPresent(row::refuse);
        open.ended()
            .ifPresent(
                answer -> {
                  sample.answered(answer);
                  lengths.ended(answer.tokens());
                  places.freed();
                });
      }
    }
  }

  /** What a session had of a pass. */
  private static final class Share {
    private long tokens;
    private long computed;
  }

  /** Gives all rows up; the model is nobody's then. */
  void close() {
    lock.lock();
    try {
      closed = true;
      awaitNoPass();
      rows.forEach(Row::giveUp);
      removeGivenUp();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
