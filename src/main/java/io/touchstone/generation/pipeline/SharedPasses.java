package io.touchstone.generation.pipeline;

import io.touchstone.generation.CausalModel;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The passes of one model, which rows of all sessions share. Whoever waits drives a pass if nobody
 * does; the others wait for its end.
 */
final class SharedPasses {

  private final Pass.Parts parts;
  private final Places places;
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

  /**
   * @param begins an answer without a token
   */
  SharedPasses(
      CausalModel model,
      Function<Sample, OpenAnswer> begins,
      AnswerLengths lengths,
      Choosing choosing) {
    this.places = new Places(model, begins, lengths);
    this.parts = new Pass.Parts(model, places, lengths, choosing);
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
      Pass pass = begun();
      pass.run();
      lock.lock();
      try {
        rows.removeAll(pass.handed());
        end();
      } finally {
        lock.unlock();
      }
    } catch (RuntimeException | Error failure) {
      fail(failure);
      throw failure;
    }
  }

  private Pass begun() {
    List<Row> running = new ArrayList<>();
    List<Row> paused = new ArrayList<>();
    lock.lock();
    try {
      for (Row row : rows) {
        (only == null || only == row ? running : paused).add(row);
      }
    } finally {
      lock.unlock();
    }
    return new Pass(parts, running, paused);
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
