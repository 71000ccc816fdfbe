package io.touchstone.generation;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A causal model's arithmetic: token ids in, logits out. One thread at a time.
 *
 * <p>A sequence's logits have the same bits whatever else is in its passes, in whatever passes its
 * tokens come, and however many threads compute.
 */
public interface CausalModel extends AutoCloseable {

  /** Begins a sequence of no tokens. */
  Sequence begin();

  /**
   * A sequence that begins with some of another one's tokens, which are not computed again; both
   * then go their own ways.
   *
   * @param tokens of its first ones: all, or a multiple of {@link #chunk()}
   * @return null where the model has kept no state of so many tokens
   */
  @Nullable Sequence fork(Sequence of, int tokens);

  /**
   * Runs each layer once over what is fed.
   *
   * @param feeds no sequence twice
   * @return one for each feed that asks for logits, in their order; valid until the next pass
   * @throws io.touchstone.scoring.ScorerException if the arithmetic fails
   */
  List<Logits> pass(List<Feed> feeds);

  /**
   * What a pass appends to a sequence.
   *
   * @param ids the next tokens of its prompt, which end at the prompt's end or after a multiple of
   *     {@link #chunk()} tokens from the sequence's first; or one token that was generated. Owned
   *     by the feed
   * @param logits whether those of the last token are wanted; whoever asks at the end of a prompt
   *     goes on with tokens that were generated
   */
  record Feed(Sequence sequence, int[] ids, boolean logits) {}

  /** Tokens of one row on their way through a model, with what the model remembers of them. */
  interface Sequence extends AutoCloseable {

    /** How many tokens it has. */
    int tokens();

    /** Forgets it. */
    @Override
    void close();
  }

  /** The number of a prompt's tokens that are computed together, from a sequence's first on. */
  int chunk();

  /** Logits of each position: ids from 0 up to this. */
  int vocabulary();

  /** What sequences take of the memory. */
  GenerationMemory memory();

  /**
   * Looks whether the model still is what was opened: if it returns, all that was computed until
   * now is that model's.
   *
   * @throws io.touchstone.scoring.ScorerException naming what has become of it
   */
  default void confirm() {}

  /** As {@link io.touchstone.scoring.ForwardPass#mappedFiles}. */
  default SortedMap<String, String> mappedFiles() {
    return Collections.emptySortedMap();
  }

  @Override
  void close();
}
