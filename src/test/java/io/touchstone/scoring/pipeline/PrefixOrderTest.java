package io.touchstone.scoring.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.SegmentTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PrefixOrderTest {

  @Test
  void bringsRowsThatBeginAlikeTogetherAndLeavesTheOthersInOrder() {
    List<SegmentTree> rows =
        List.of(row(1, 2), row(3, 4), row(5, 6), row(1, 7), row(8, 9), row(5, 0), row(1, 2));
    assertThat(PrefixOrder.loads(rows, 4))
        .containsExactly(List.of(0, 3, 6), List.of(1, 2), List.of(4, 5));
    assertThat(PrefixOrder.loads(rows, 5)).containsExactly(List.of(0, 1, 3, 6), List.of(2, 4, 5));
  }

  @Test
  void rowsWithOtherTablesOfPositionsDoNotBeginAlike() {
    SegmentTree other =
        new SegmentTree(List.of(new int[] {1}), new int[] {-1}, new int[] {0}, new int[] {70});
    SegmentTree usual = new SegmentTree(List.of(new int[] {1}), new int[] {-1}, new int[] {0});
    assertThat(PrefixOrder.loads(List.of(usual, other, usual), 1))
        .containsExactly(List.of(0, 2), List.of(1));
  }

  @Test
  void aRowOfMoreTokensThanALoadStandsAlone() {
    assertThat(PrefixOrder.loads(List.of(row(1, 2), row(3, 4, 5, 6, 7), row(8, 9)), 4))
        .containsExactly(List.of(0), List.of(1), List.of(2));
  }

  @Test
  void everyRowIsInOneLoadAndLoadsAreFullOfDistinctTokensWhateverTheRows() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<SegmentTree> rows = new ArrayList<>();
      for (int i = 1 + random.nextInt(60); i > 0; i--) {
        rows.add(row(random.ints(1 + random.nextInt(4), 0, 6).toArray()));
      }
      int most = 1 + random.nextInt(12);
      List<List<Integer>> loads = PrefixOrder.loads(rows, most);
      assertThat(loads.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows.size()).boxed().toList());
      assertThat(loads)
          .allSatisfy(
              load -> {
                assertThat(load).isSorted();
                assertThat(tokens(rows, load) <= most || load.size() == 1).isTrue();
              });
      int together = loads.stream().mapToInt(load -> tokens(rows, load)).sum();
      int all = tokens(rows, IntStream.range(0, rows.size()).boxed().toList());
      // At a border between loads a beginning may be computed twice.
      assertThat(together).isBetween(all, all + 4 * (loads.size() - 1));
    }
  }

  private static int tokens(List<SegmentTree> rows, List<Integer> places) {
    LoadPacker packer = new LoadPacker();
    places.forEach(place -> packer.add(rows.get(place)));
    return packer.tokens();
  }

  /** One conversation, a segment for each token. */
  private static SegmentTree row(int... ids) {
    List<int[]> segments = new ArrayList<>();
    int[] parents = new int[ids.length];
    for (int s = 0; s < ids.length; s++) {
      segments.add(new int[] {ids[s]});
      parents[s] = s - 1;
    }
    return new SegmentTree(segments, parents, new int[] {ids.length - 1});
  }
}
