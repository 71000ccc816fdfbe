package io.touchstone.spark.replica;

import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.pipeline.SelfCheck;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

/** A scorer that is seen to score before it is used: not sooner, as that reads all weights. */
final class TriedScorer implements Scorer {

  private final Scorer scorer;
  private final ReplicaDevice place;
  private final AtomicLong nanos;
  private volatile boolean isSound;
  private volatile boolean keepsBits = true;

  /**
   * @param nanos to which the time that it takes is added
   */
  TriedScorer(Scorer scorer, ReplicaDevice place, AtomicLong nanos) {
    this.scorer = scorer;
    this.place = place;
    this.nanos = nanos;
  }

  @Override
  public void ready() {
    if (!isSound) {
      check();
    }
  }

  private synchronized void check() {
    if (isSound) {
      return;
    }
    long start = System.nanoTime();
    if (scorer.writes()) {
      scorer.ready();
      keepsBits = scorer.keepsBits();
    } else if (place instanceof ReplicaDevice.Cpu) {
      keepsBits = SelfCheck.keepsBits(scorer);
    } else {
      // Of a GPU nothing is claimed.
      SelfCheck.alone(scorer);
    }
    nanos.addAndGet(System.nanoTime() - start);
    isSound = true;
  }

  @Override
  public boolean keepsBits() {
    return keepsBits;
  }

  @Override
  public Preparation prepare(List<Conversation> conversations) {
    return scorer.prepare(conversations);
  }

  @Override
  public Preparation prepare(List<Conversation> conversations, List<String> principles) {
    return scorer.prepare(conversations, principles);
  }

  @Override
  public boolean writes() {
    return scorer.writes();
  }

  @Override
  public LoadResult score(List<PreparedRow> rows) {
    return scorer.score(rows);
  }

  @Override
  public void confirm() {
    scorer.confirm();
  }

  @Override
  public SortedMap<String, String> mappedFiles() {
    return scorer.mappedFiles();
  }

  @Override
  public int loadTokens() {
    return scorer.loadTokens();
  }

  @Override
  public Optional<LoadCost> measure(List<PreparedRow> rows) {
    return scorer.measure(rows);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
