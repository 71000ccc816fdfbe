package io.touchstone.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AttentionPlanTest {

  @Test
  void everyTokenLooksAtItsPathAndNothingElse() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      PackedLoad load = load(Paths.random(random, 1 + random.nextInt(15)));
      TreeMap<Integer, List<Integer>> seen = new TreeMap<>();
      TreeMap<Integer, List<Integer>> read = new TreeMap<>();
      for (MicroBatch batch : MicroBatch.cut(load, 1 + random.nextInt(60), 1 + random.nextInt(8))) {
        long[] blocks = AttentionPlan.blocks(load, batch);
        for (int at = 0; at < blocks.length; ) {
          for (int own = 1; own <= blocks[at + 1]; own++) {
            List<Integer> keys = keys(blocks, at, own, batch.firstToken());
            seen.put(keys.get(keys.size() - 1), keys);
          }
          at += 3 + 2 * (int) blocks[at + 2];
        }
        long[] outs = AttentionPlan.readOuts(load, batch);
        for (int at = 0; at < outs.length; ) {
          read.put((int) outs[at], keys(outs, at + 1, (int) outs[at + 2], batch.firstToken()));
          at += 4 + 2 * (int) outs[at + 3];
        }
      }
      for (int token = 0; token < load.tokens(); token++) {
        assertThat(seen.get(token)).isEqualTo(Paths.tokensUpTo(load, token));
      }
      for (int r = 0; r < load.readOuts().length; r++) {
        assertThat(read.get(r)).isEqualTo(Paths.tokensUpTo(load, load.readOuts()[r]));
      }
    }
  }

  @Test
  void takesLongContinuationsInBlocksAndRootsWhole() {
    PackedLoad load = load(List.of(List.of(new int[2_000], new int[1_100])));
    long[] plan = AttentionPlan.blocks(load, MicroBatch.cut(load, 100, 1).get(0));
    assertThat(plan)
        .containsExactly(
            0, 2_000, 0, 2_000, 512, 1, 0, 2_000, 2_512, 512, 1, 0, 2_512, 3_024, 76, 1, 0, 3_024);
    assertThat(AttentionPlan.longestMasked(load)).isEqualTo(512);
  }

  private static PackedLoad load(List<List<int[]>> paths) {
    LoadPacker packer = new LoadPacker();
    paths.forEach(packer::add);
    return packer.pack();
  }

  private static List<Integer> keys(long[] plan, int at, int own, int firstToken) {
    List<Integer> keys = new ArrayList<>();
    for (int r = 0; r < plan[at + 2]; r++) {
      addRange((int) plan[at + 3 + 2 * r], (int) plan[at + 4 + 2 * r], firstToken, keys);
    }
    addRange((int) plan[at], own, firstToken, keys);
    return keys;
  }

  private static void addRange(int start, int length, int firstToken, List<Integer> keys) {
    for (int t = 0; t < length; t++) {
      keys.add(firstToken + start + t);
    }
  }

  @Test
  void cutsWholeTreesAndLeavesNoSmallRest() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      PackedLoad load = load(Paths.random(random, 1 + random.nextInt(25)));
      int least = 1 + random.nextInt(10);
      int tokens = 1 + random.nextInt(60);
      int next = 0;
      List<MicroBatch> batches = MicroBatch.cut(load, tokens, least);
      for (MicroBatch batch : batches) {
        assertThat(load.parents()[batch.firstSegment()]).isEqualTo(-1);
        assertThat(batch.firstToken()).isEqualTo(next);
        next = batch.endToken();
        assertThat(batch.tokens()).isGreaterThanOrEqualTo(Math.min(least, load.tokens()));
      }
      assertThat(next).isEqualTo(load.tokens());
      assertThat(Arrays.stream(load.parents()).filter(p -> p < 0).count())
          .isGreaterThanOrEqualTo(batches.size());
    }
  }
}
