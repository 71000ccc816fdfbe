package io.touchstone.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ScanPlanTest {

  @Test
  void everyTokenGoesOnFromItsPathInChunksOfTheConversation() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int chunk = 1 + random.nextInt(7);
      int before = random.nextInt(Math.min(4, chunk + 1));
      PackedLoad load = load(Paths.random(random, 1 + random.nextInt(15)));
      TreeSet<Integer> written = new TreeSet<>();
      for (ScanPlan plan : ScanPlan.of(load, chunk, before, 1 + random.nextInt(20))) {
        follow(plan, load, chunk, before, written);
      }
      assertThat(written).hasSize(load.tokens());
    }
  }

  /** A state is the tokens that went into it. */
  private static void follow(
      ScanPlan plan, PackedLoad load, int chunk, int before, TreeSet<Integer> written) {
    List<List<Integer>> states = new ArrayList<>();
    for (int s = 0; s < plan.states(); s++) {
      states.add(List.of());
    }
    long[] numbers = plan.numbers();
    for (int at = 0; at < numbers.length; ) {
      List<Integer> tokens = new ArrayList<>();
      int ranges = (int) numbers[at + 4];
      for (int r = 0; r < ranges; r++) {
        int first = (int) numbers[at + 5 + 2 * r];
        for (int t = first; t < first + numbers[at + 6 + 2 * r]; t++) {
          tokens.add(t);
        }
      }
      List<Integer> old = numbers[at] < 0 ? List.of() : states.get((int) numbers[at]);
      int seen = (int) numbers[at + 2];
      assertThat(seen).isEqualTo(Math.min(before, old.size()));
      assertThat(tokens.subList(0, seen)).isEqualTo(old.subList(old.size() - seen, old.size()));
      List<Integer> stepped = tokens.subList(seen, tokens.size());
      assertThat(old.size() % chunk).isZero();
      assertThat(stepped.size()).isBetween(1, chunk);
      List<Integer> path = new ArrayList<>(old);
      path.addAll(stepped);
      assertThat(path).isEqualTo(Paths.tokensUpTo(load, stepped.get(stepped.size() - 1)));
      for (int own = 1; own <= numbers[at + 3]; own++) {
        assertThat(written.add(stepped.get(stepped.size() - own))).isTrue();
      }
      if (numbers[at + 1] >= 0) {
        assertThat(stepped).hasSize(chunk);
        states.set((int) numbers[at + 1], path);
      }
      at += 5 + 2 * ranges;
    }
  }

  @Test
  void conversationsThatPartWithinAChunkEachGoThroughIt() {
    PackedLoad load =
        load(
            List.of(
                List.of(new int[] {1, 2, 3}, new int[] {4, 5, 6}),
                List.of(new int[] {1, 2, 3}, new int[] {7})));
    List<ScanPlan> plans = ScanPlan.of(load, 2, 1, 100);
    assertThat(plans).hasSize(1);
    assertThat(plans.get(0).states()).isEqualTo(2);
    assertThat(plans.get(0).numbers())
        .containsExactly(
            // The segment that both have: a chunk and a half.
            -1,
            0,
            0,
            2,
            1,
            0,
            2,
            0,
            -1,
            1,
            1,
            1,
            1,
            2,
            // Its first child: the rest of that chunk, and one more.
            0,
            1,
            1,
            1,
            1,
            1,
            3,
            1,
            1,
            1,
            2,
            1,
            3,
            3,
            // Its second child: the same rest, put together.
            0,
            1,
            1,
            1,
            2,
            1,
            2,
            6,
            1);
  }

  private static PackedLoad load(List<List<int[]>> paths) {
    LoadPacker packer = new LoadPacker();
    paths.forEach(path -> packer.add(path, 0));
    return packer.pack();
  }
}
