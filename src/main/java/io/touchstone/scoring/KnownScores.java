package io.touchstone.scoring;

import io.touchstone.reward.Reward;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores that were given before, by what they depend on; one piece's. One thread may look up while
 * another remembers.
 */
public interface KnownScores extends Closeable {

  /** Knows nothing and remembers nothing. */
  KnownScores NONE = new None();

  /** How many rows should be looked up together. */
  int rowsAtOnce();

  /** The keys of a row's conversations, in their order; none where nothing is remembered. */
  List<PromptKey> keys(PreparedRow row);

  /**
   * What is known of some conversations.
   *
   * @throws IOException if what is known cannot be read, or is damaged
   */
  Map<PromptKey, Reward> find(Collection<PromptKey> keys) throws IOException;

  /**
   * What this object itself, or that of another piece under way in this process, was told a short
   * while ago; asks no file.
   */
  Optional<Reward> recent(PromptKey key);

  /** From now on the other pieces that are under way in this process know it. */
  void tell(PromptKey key, Reward reward);

  /**
   * @return false if this object was told so a short while ago
   */
  boolean remember(PromptKey key, Reward reward) throws IOException;

  /** Makes all that was remembered known to others. */
  void publish() throws IOException;

  /** {@link #NONE}. */
  record None() implements KnownScores {

    @Override
    public int rowsAtOnce() {
      return 1;
    }

    @Override
    public List<PromptKey> keys(PreparedRow row) {
      return List.of();
    }

    @Override
    public Map<PromptKey, Reward> find(Collection<PromptKey> keys) {
      return Map.of();
    }

    @Override
    public Optional<Reward> recent(PromptKey key) {
      return Optional.empty();
    }

    @Override
    public void tell(PromptKey key, Reward reward) {}

    @Override
    public boolean remember(PromptKey key, Reward reward) {
      return false;
    }

    @Override
    public void publish() {}

    @Override
    public void close() {}
  }
}
