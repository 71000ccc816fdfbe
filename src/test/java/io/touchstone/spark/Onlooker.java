package io.touchstone.spark;

import io.touchstone.conversation.Conversation;
import io.touchstone.scoring.PreparedRow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A test that looks on: found by its name, as tasks get copies of what they are handed. */
record Onlooker(String name) implements InterposedScorers.Interposed {

  private static final Map<String, IntConsumer> BEFORE_SCORING = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> PREPARED = new ConcurrentHashMap<>();

  /**
   * @param name not used by another test
   * @param beforeScoring is told how many rows there are in the load
   */
  static Onlooker of(String name, IntConsumer beforeScoring) {
    BEFORE_SCORING.put(name, beforeScoring);
    PREPARED.put(name, new AtomicInteger());
    return new Onlooker(name);
  }

  /** How many rows were prepared. */
  static int prepared(String name) {
    return PREPARED.get(name).get();
  }

  @Override
  public void beforePreparing(List<Conversation> conversations) {
    PREPARED.get(name).incrementAndGet();
  }

  @Override
  public void beforeScoring(List<PreparedRow> load) {
    BEFORE_SCORING.get(name).accept(load.size());
  }
}
