package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.scoring.ScorerException;
import java.util.BitSet;

/**
 * Keys and values of all sequences: a table for each layer that attends, given out in blocks. A
 * block may be held by several sequences that begin alike; whoever appends to it takes a copy.
 *
 * <p>The tables are as large as the memory allows, and take of it what was written.
 */
final class KeyValueCache {
  /** Tokens of a block. */
  static final int BLOCK = 128;

  private final PtNDArray[] tables;
  private final int blocks;
  private final BitSet taken = new BitSet();
  private final int[] holders;

  /**
   * @param layers that attend
   * @param blocks that there are
   */
  KeyValueCache(Machine machine, LayerShape shape, int layers, int blocks) {
    this.blocks = blocks;
    this.holders = new int[blocks];
    this.tables = new PtNDArray[layers];
    for (int l = 0; l < layers; l++) {
      tables[l] =
          machine.reserved(
              machine.device(),
              machine.processor().matrixType(),
              2L * shape.kvHeads(),
              (long) blocks * BLOCK,
              shape.wideHead());
    }
  }

  /** The table of the n-th layer that attends, as the program lays it out. */
  PtNDArray table(int n) {
    return tables[n];
  }

  int layers() {
    return tables.length;
  }

  static int blocksOf(int tokens) {
    return (tokens + BLOCK - 1) / BLOCK;
  }

  /**
   * Free blocks, one after the other if there are so many; their contents are whatever was there.
   *
   * @throws ScorerException if there are not so many
   */
  int[] take(int count) {
    int[] found = new int[count];
    int first = run(count);
    for (int i = 0, next = Math.max(first, 0); i < count; i++, next++) {
      next = taken.nextClearBit(next);
      if (next >= blocks) {
        for (int b = 0; b < i; b++) {
          release(found[b]);
        }
        throw new ScorerException(
            "expected sequences within the memory that the model states, found none of its "
                + blocks
                + " blocks of "
                + BLOCK
                + " tokens free");
      }
      taken.set(next);
      holders[next] = 1;
      found[i] = next;
    }
    return found;
  }

  /** The first of so many free blocks in a row; negative if there are none. */
  private int run(int count) {
    int first = taken.nextClearBit(0);
    while (first + count <= blocks) {
      int end = taken.nextSetBit(first);
      if (end < 0 || end - first >= count) {
        return first;
      }
      first = taken.nextClearBit(end);
    }
    return -1;
  }

  void share(int block) {
    holders[block]++;
  }

  boolean isShared(int block) {
    return holders[block] > 1;
  }

  void release(int block) {
    if (--holders[block] == 0) {
      taken.clear(block);
    }
  }

  /** How many blocks are held. */
  int held() {
    return taken.cardinality();
  }
}
