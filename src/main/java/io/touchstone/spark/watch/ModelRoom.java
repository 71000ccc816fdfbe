package io.touchstone.spark.watch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Who may be at the models of this process: many at once, or one row that goes alone. */
final class ModelRoom {

  private static final ReentrantReadWriteLock ROOM = new ReentrantReadWriteLock();

  private ModelRoom() {}

  /** For all that many may do at once. */
  static Lock shared() {
    return ROOM.readLock();
  }

  /** Does something while nobody else is there. */
  static <T> T alone(MarkedWork<T> work) throws IOException {
    take(ROOM.writeLock());
    try {
      return work.run();
    } finally {
      ROOM.writeLock().unlock();
    }
  }

  /** Does something while others may do the same, and no row goes alone. */
  static <T> T shared(MarkedWork<T> work) throws IOException {
    take(ROOM.readLock());
    try {
      return work.run();
    } finally {
      ROOM.readLock().unlock();
    }
  }

  static void take(Lock lock) throws InterruptedIOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while other rows were in the model");
    }
  }
}
