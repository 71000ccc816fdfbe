package io.touchstone.engine.passes;

import io.touchstone.engine.program.PassProgram;
import io.touchstone.generation.CausalModel;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sequence whose keys and values lie in blocks of the cache. */
final class CachedSequence implements CausalModel.Sequence {
  private final KeyValueCache cache;
  private final SequenceMemory memory;

  /** Of all its tokens, and of those that the pass under way appends. */
  private int[] blocks;

  private int tokens;
  private boolean closed;

  private CachedSequence(KeyValueCache cache, SequenceMemory memory, int[] blocks, int tokens) {
    this.cache = cache;
    this.memory = memory;
    this.blocks = blocks;
    this.tokens = tokens;
  }

  /**
   * @param memory what layers remember of no tokens; the sequence closes it
   */
  static CachedSequence empty(KeyValueCache cache, SequenceMemory memory) {
    return new CachedSequence(cache, memory, new int[0], 0);
  }

  /**
   * Another one with the same first tokens, and the same blocks until one of them appends.
   *
   * @return null where layers remember nothing of so many tokens
   */
  @Nullable CachedSequence fork(int first) {
    requireOpen();
    Optional<SequenceMemory> own = memory.fork(first, tokens);
    if (own.isEmpty()) {
      return null;
    }
    int[] shared = Arrays.copyOf(blocks, KeyValueCache.blocksOf(first));
    for (int block : shared) {
      cache.share(block);
    }
    return new CachedSequence(cache, own.get(), shared, first);
  }

  @Override
  public int tokens() {
    return tokens;
  }

  /**
   * Makes room for more tokens.
   *
   * @throws io.touchstone.scoring.ScorerException if there is none
   */
  void reserve(int more, BlockChanges changes) {
    requireOpen();
    int last = tokens / PassProgram.BLOCK;
    if (last < blocks.length && cache.isShared(blocks[last])) {
      int own = cache.take(1)[0];
      changes.copied(blocks[last], own);
      cache.release(blocks[last]);
      blocks[last] = own;
    }
    int missing = KeyValueCache.blocksOf(tokens + more) - blocks.length;
    if (missing > 0) {
      int[] fresh = cache.take(missing);
      changes.cleared(fresh);
      int before = blocks.length;
      blocks = Arrays.copyOf(blocks, before + missing);
      System.arraycopy(fresh, 0, blocks, before, missing);
    }
  }

  void append(int more) {
    tokens += more;
  }

  /** What layers remember of it beside the cache. */
  SequenceMemory memory() {
    return memory;
  }

  int block(int number) {
    return blocks[number];
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("expected a sequence that is not closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (int block : blocks) {
        cache.release(block);
      }
      blocks = new int[0];
      memory.close();
    }
  }
}
