package io.touchstone.generation.pipeline;

import io.touchstone.generation.GenerationMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * What live sequences take of the memory, in whole blocks; those that sequences have in common
 * count once, as long as any of them lives.
 */
final class SequenceLedger {

  private final GenerationMemory memory;
  private int sequences;
  private long blocks;

  SequenceLedger(GenerationMemory memory) {
    this.memory = memory;
  }

  int sequences() {
    return sequences;
  }

  long bytes() {
    return bytes(0, 0);
  }

  /** Whether more would fit. */
  boolean fits(int moreSequences, long moreBlocks) {
    return bytes(moreSequences, moreBlocks) <= memory.forSequences();
  }

  private long bytes(int moreSequences, long moreBlocks) {
    return memory.perSequence() * (sequences + moreSequences)
        + memory.perToken() * memory.blockTokens() * (blocks + moreBlocks);
  }

  int blockTokens() {
    return memory.blockTokens();
  }

  /** Blocks of so many tokens. */
  int blocksOf(int tokens) {
    return (tokens + memory.blockTokens() - 1) / memory.blockTokens();
  }

  /** What a sequence holds, that is to have so many tokens. */
  Lease lease(int tokens) {
    return new Lease(List.of(), tokens);
  }

  /** A block, and how many sequences have it. */
  private static final class Block {
    private int owners;
  }

  /** The blocks of one sequence. */
  final class Lease {
    private final List<Block> held = new ArrayList<>();

    private Lease(List<Block> common, int tokens) {
      sequences++;
      for (Block block : common) {
        block.owners++;
        held.add(block);
      }
      grow(tokens);
    }

    /** What another sequence holds, that begins with some of this one's tokens. */
    Lease fork(int common, int tokens) {
      // The last block is copied by whoever writes to it.
      return new Lease(held.subList(0, common / memory.blockTokens()), tokens);
    }

    /** How many blocks it lacks to have so many tokens. */
    int missing(int tokens) {
      return Math.max(0, blocksOf(tokens) - held.size());
    }

    void grow(int tokens) {
      for (int more = missing(tokens); more > 0; more--) {
        Block block = new Block();
        block.owners = 1;
        held.add(block);
        blocks++;
      }
    }

    void close() {
      sequences--;
      for (Block block : held) {
        block.owners--;
        if (block.owners == 0) {
          blocks--;
        }
      }
      held.clear();
    }
  }
}
