package io.touchstone.generation.pipeline;

import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one task among all that the model is busy with. */
final class ReplicaSession implements GenerationSession {

  private final SharedPasses passes;
  private final int samples;
  private final List<AnsweredPrompt> finished = new ArrayList<>();

  /**
   * Those that are finished among them, until they are taken: who counts them must not miss one.
   */
  private int alive;

  private long generated;
  private long presented;
  private long computed;
  private long busyNanos;
  private @Nullable Throwable failure;

  /** That of a row that runs alone meanwhile. */
  private @Nullable ReplicaSession aside;

  ReplicaSession(SharedPasses passes, int samples) {
    this.passes = passes;
    this.samples = samples;
  }

  @Override
  public boolean hasRoom() {
    // One without any row could not even wait.
    return counts().alive() == 0 || passes.hasRoom();
  }

  @Override
  public void start(PreparedPrompt prompt) {
    passes.start(begun(prompt));
  }

  private synchronized Row begun(PreparedPrompt prompt) {
    alive++;
    presented += (long) samples * prompt.ids().length;
    return new Row(prompt, this, samples);
  }

  @Override
  public List<AnsweredPrompt> await() throws InterruptedException {
    if (!isOver()) {
      passes.pass(this);
    }
    return taken();
  }

  private synchronized List<AnsweredPrompt> taken() {
    if (finished.isEmpty()) {
      failIfFailed();
    }
    List<AnsweredPrompt> taken = List.copyOf(finished);
    finished.clear();
    alive -= taken.size();
    return taken;
  }

  @Override
  public AnsweredPrompt alone(PreparedPrompt prompt) throws InterruptedException {
    ReplicaSession own = new ReplicaSession(passes, samples);
    Row row = own.begun(prompt);
    setAside(own);
    try {
      passes.startAlone(row);
      while (!own.isOver()) {
        passes.pass(own);
      }
      return own.taken().get(0);
    } finally {
      own.close();
      passes.endAlone(row);
      add(own.counts());
    }
  }

  private synchronized void setAside(ReplicaSession own) {
    aside = own;
  }

  private synchronized void add(Counts of) {
    aside = null;
    generated += of.generated();
    presented += of.presented();
    computed += of.computed();
    busyNanos += of.busyNanos();
  }

  @Override
  public synchronized Counts counts() {
    ReplicaSession alone = aside;
    Counts more = alone == null ? new Counts(0, 0, 0, 0, 0) : alone.counts();
    return new Counts(
        alive + more.alive(),
        generated + more.generated(),
        presented + more.presented(),
        computed + more.computed(),
        busyNanos + more.busyNanos());
  }

  /** Whether there is nothing to wait for. */
  synchronized boolean isOver() {
    return alive == 0 || !finished.isEmpty() || failure != null;
  }

  synchronized void finish(AnsweredPrompt outcome) {
    finished.add(outcome);
  }

  synchronized void generated(int tokens) {
    generated += tokens;
  }

  synchronized void count(long promptTokens, long nanos) {
    computed += promptTokens;
    busyNanos += nanos;
  }

  synchronized void fail(Throwable why) {
    failure = why;
  }

  private void failIfFailed() {
    Throwable why = failure;
    if (why != null) {
      throw new ScorerException(
          "generation failed: " + (why.getMessage() == null ? why : why.getMessage()), why);
    }
  }

  @Override
  public void close() {
    passes.giveUp(this);
    synchronized (this) {
      alive = 0;
    }
  }
}
