package io.touchstone.ledger;

import io.touchstone.reward.Reward;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.collections4.map.LRUMap;

/**
 * What the attempts of this process that are under way have computed for one ledger. It goes with
 * the last of them: who comes later finds what they published. Any thread.
 */
final class RecentScores {

  /** About 15 MB; of more, those that nobody asked for longest are forgotten. */
  private static final int MOST = 128 << 10;

  private static final Map<Scope, RecentScores> OPEN = new HashMap<>();

  private final Scope scope;
  private final Map<PromptKey, Reward> scores = new LRUMap<>(MOST, 16);
  private int attempts;

  private record Scope(String ledger, ScoreIdentity identity) {}

  private RecentScores(Scope scope) {
    this.scope = scope;
  }

  /** Until {@link #leave}. */
  static RecentScores join(LedgerFolder ledger, ScoreIdentity identity) {
    synchronized (OPEN) {
      RecentScores recent =
          OPEN.computeIfAbsent(new Scope(ledger.toString(), identity), RecentScores::new);
      recent.attempts++;
      return recent;
    }
  }

  void leave() {
    synchronized (OPEN) {
      attempts--;
      if (attempts == 0) {
        OPEN.remove(scope);
      }
    }
  }

  Optional<Reward> get(PromptKey key) {
    synchronized (scores) {
      return Optional.ofNullable(scores.get(key));
    }
  }

  void add(PromptKey key, Reward reward) {
    synchronized (scores) {
      scores.put(key, reward);
    }
  }
}
