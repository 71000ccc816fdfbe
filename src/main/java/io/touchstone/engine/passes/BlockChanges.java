package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** What has to be done to blocks of the cache before a pass writes to them. */
final class BlockChanges {
  private final LongStream.Builder cleared = LongStream.builder();
  private final LongStream.Builder copied = LongStream.builder();

  /** Blocks are to hold zeros: what nobody looks at is multiplied with 0, and must be finite. */
  void cleared(int[] blocks) {
    Arrays.stream(blocks).forEach(cleared::add);
  }

  void copied(int from, int to) {
    copied.add(from).add(to);
  }

  /** Makes the changes, in all layers. */
  void apply(KeyValueCache cache, Machine machine) {
    long[] fresh = cleared.build().toArray();
    long[] pairs = copied.build().toArray();
    List<Runnable> tasks = new ArrayList<>();
    if (fresh.length + pairs.length > 0) {
      for (PassProgram.Tables tables : cache.tables()) {
        tasks.add(() -> change(tables.keys(), fresh, pairs, machine.program().passes()));
        tasks.add(() -> change(tables.values(), fresh, pairs, machine.program().passes()));
      }
    }
    machine.workers().run(tasks);
  }

  private static void change(PtNDArray table, long[] fresh, long[] pairs, PassProgram program) {
    program.clearBlocks(table, fresh);
    program.copyBlocks(table, pairs);
  }
}
