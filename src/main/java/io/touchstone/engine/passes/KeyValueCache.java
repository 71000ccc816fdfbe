package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Keys and values of all sequences: tables for each layer that attends, given out in blocks. A
 * block may be held by several sequences that begin alike; whoever appends to it takes a copy.
 *
 * <p>The tables are as large as the memory allows, and take of it what was written.
 */
public final class KeyValueCache {
  private final List<PassProgram.Tables> tables = new ArrayList<>();
  private final int blocks;
  private final BitSet taken = new BitSet();
  private final int[] holders;

  /**
   * @param layers that attend
   * @param blocks that there are
   */
  public KeyValueCache(Machine machine, LayerShape shape, int layers, int blocks) {
    this.blocks = blocks;
    this.holders = new int[blocks];
    for (int l = 0; l < layers; l++) {
      tables.add(
          new PassProgram.Tables(
              table(machine, shape, blocks, shape.headDim(), PassProgram.BLOCK),
              table(machine, shape, blocks, PassProgram.BLOCK, shape.headDim())));
    }
  }

  private static PtNDArray table(
      Machine machine, LayerShape shape, int blocks, int rows, int columns) {
    int type = machine.processor().tableType();
    return machine.reserved(machine.device(), type, shape.kvHeads(), blocks, rows, columns);
  }

  /** Those of the n-th layer that attends. */
  PassProgram.Tables tables(int n) {
    return tables.get(n);
  }

  List<PassProgram.Tables> tables() {
    return tables;
  }

  static int blocksOf(int tokens) {
    return (tokens + PassProgram.BLOCK - 1) / PassProgram.BLOCK;
  }

  /**
   * Free blocks; their contents are whatever was there.
   *
   * @throws ScorerException if there are not so many
   */
  int[] take(int count) {
    int[] found = new int[count];
    int next = 0;
    for (int i = 0; i < count; i++, next++) {
      next = taken.nextClearBit(next);
      if (next >= blocks) {
        for (int b = 0; b < i; b++) {
          release(found[b]);
        }
        throw new ScorerException(
            "expected sequences within the memory that the model states, found none of its "
                + blocks
                + " blocks of "
                + PassProgram.BLOCK
                + " tokens free");
      }
      taken.set(next);
      holders[next] = 1;
      found[i] = next;
    }
    return found;
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
