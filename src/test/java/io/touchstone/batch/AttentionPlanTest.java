package io.touchstone.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
      PackedLoad load = Paths.load(Paths.random(random, 1 + random.nextInt(15)));
      TreeMap<Integer, List<Integer>> seen = new TreeMap<>();
      TreeMap<Integer, List<Integer>> read = new TreeMap<>();
      for (MicroBatch batch : MicroBatch.cut(load, 1 + random.nextInt(9), 1 + random.nextInt(8))) {
        long[] plan = batch.plan();
        for (int at = 0; at < plan.length; ) {
          for (int own = 1; own <= plan[at + 1]; own++) {
            List<Integer> keys = keys(plan, at, own);
            assertThat(keys.get(keys.size() - 1)).isBetween(batch.first(), batch.end() - 1);
            seen.put(keys.get(keys.size() - 1), keys);
          }
          at += 3 + 2 * (int) plan[at + 2];
        }
      }
      for (Rows part : Rows.cut(load.readOuts().length + 3, 1 + random.nextInt(5))) {
        long[] plan = AttentionPlan.readOuts(load, part);
        int r = part.first();
        for (int at = 0; at < plan.length; ) {
          read.put(r++, keys(plan, at, (int) plan[at + 1]));
          at += 3 + 2 * (int) plan[at + 2];
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
  void takesLongSegmentsInBlocks() {
    PackedLoad load = Paths.load(List.of(List.of(new int[600], new int[520])));
    long[] plan = MicroBatch.cut(load, 1, 1).get(0).plan();
    assertThat(plan)
        .containsExactly(0, 512, 0, 512, 88, 1, 0, 512, 600, 512, 1, 0, 600, 1_112, 8, 1, 0, 1_112);
  }

  private static List<Integer> keys(long[] plan, int at, int own) {
    List<Integer> keys = new ArrayList<>();
    for (int r = 0; r < plan[at + 2]; r++) {
      addRange((int) plan[at + 3 + 2 * r], (int) plan[at + 4 + 2 * r], keys);
    }
    addRange((int) plan[at], own, keys);
    return keys;
  }

  private static void addRange(int start, int length, List<Integer> keys) {
    for (int t = 0; t < length; t++) {
      keys.add(start + t);
    }
  }

  @Test
  void microBatchesHoldEveryTokenOnceAndLeaveNoSmallRest() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      PackedLoad load = Paths.load(Paths.random(random, 1 + random.nextInt(25)));
      int least = 1 + random.nextInt(10);
      int parts = 1 + random.nextInt(9);
      int block =
          AttentionPlan.blocks(load).stream().mapToInt(b -> b.end() - b.first()).max().orElse(0);
      int next = 0;
      for (MicroBatch batch : MicroBatch.cut(load, parts, least)) {
        assertThat(batch.first()).isEqualTo(next);
        next = batch.end();
        assertThat(batch.tokens()).isGreaterThanOrEqualTo(Math.min(least, load.tokens()));
        assertThat(batch.tokens())
            .isLessThanOrEqualTo(
                Math.max((load.tokens() + parts - 1) / parts, least) + block + least);
      }
      assertThat(next).isEqualTo(load.tokens());
    }
  }

  @Test
  void microBatchesAreAsManyAsAskedForAndAboutEqual() {
    List<List<int[]>> paths = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      paths.add(List.of(new int[] {i, i, i, i, i, i, i, i, i, i}));
    }
    assertThat(MicroBatch.cut(Paths.load(paths), 8, 1).stream().map(MicroBatch::tokens))
        .containsExactly(130, 120, 130, 120, 130, 120, 130, 120);
  }

  @Test
  void beginsWithTheMicroBatchesWhoseAttentionCostsMost() {
    PackedLoad load = Paths.load(List.of(List.of(new int[] {1}), List.of(new int[1_500])));
    List<MicroBatch> cut = MicroBatch.cut(load, 3, 1);
    assertThat(cut.stream().map(MicroBatch::first)).containsExactly(0, 513, 1_025);
    assertThat(cut.stream().map(MicroBatch::pairs))
        .containsExactly(1 + 512L * 512, 512L * 1_024, 476L * 1_500);
    assertThat(MicroBatch.costliestFirst(cut)).containsExactly(cut.get(2), cut.get(1), cut.get(0));
  }

  @Test
  void cutsRowsIntoPartsOfAboutEqualSize() {
    assertThat(Rows.cut(10, 4)).containsExactly(new Rows(0, 3), new Rows(3, 6), new Rows(6, 10));
    assertThat(Rows.cut(4, 4)).containsExactly(new Rows(0, 4));
    assertThat(Rows.cut(0, 4)).isEmpty();
  }
}
