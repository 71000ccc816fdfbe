package io.touchstone.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TreeInterleaverTest {

  @Test
  void interleavesRowsAndHasWhatBeginsAlikeOnce() {
    SegmentTree one =
        new SegmentTree(
            List.of(new int[] {1, 2}, new int[] {3}, new int[] {4}),
            new int[] {-1, 0, 0},
            new int[] {1, 2});
    SegmentTree other =
        new SegmentTree(
            List.of(new int[] {1, 2}, new int[] {3}, new int[] {9}, new int[] {5}),
            new int[] {-1, 0, 1, 0},
            new int[] {2, 3});
    TreeInterleaver trees = new TreeInterleaver();
    trees.add(one);
    trees.add(other);
    SegmentTree both = trees.tree();
    assertThat(both.path(0)).containsExactlyElementsOf(one.path(0));
    assertThat(both.path(1)).containsExactly(new int[] {1, 2}, new int[] {3}, new int[] {9});
    assertThat(both.path(2)).containsExactlyElementsOf(one.path(1));
    assertThat(both.path(3)).containsExactly(new int[] {1, 2}, new int[] {5});
    assertThat(both.tokens()).isEqualTo(6);
  }

  @Test
  void sharesNothingBetweenTablesOfPositions() {
    TreeInterleaver trees = new TreeInterleaver();
    for (int stretch = 0; stretch < 2; stretch++) {
      trees.add(
          new SegmentTree(
              List.of(new int[] {1, 2}), new int[] {-1}, new int[] {0}, new int[] {stretch}));
    }
    assertThat(trees.tree().tokens()).isEqualTo(4);
    assertThat(trees.tree().stretch(1)).isEqualTo(1);
  }
}
