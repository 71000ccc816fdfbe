package io.touchstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SegmentTreeTest {

  @Test
  void countsEachTokenOnce() {
    SegmentTree tree =
        new SegmentTree(
            List.of(new int[] {1, 2}, new int[] {3}), new int[] {-1, 0}, new int[] {1, 0, 1});
    assertThat(tree.tokens()).isEqualTo(3);
  }

  @Test
  void someOfItsConversationsAreCutAsTheyWere() {
    SegmentTree tree =
        new SegmentTree(
            List.of(
                new int[] {1, 2}, new int[] {3}, new int[] {4}, new int[] {5, 6}, new int[] {7}),
            new int[] {-1, 0, 0, 2, -1},
            new int[] {3, 1, 4, 2});
    for (List<Integer> kept : List.of(List.of(0), List.of(2, 1), List.of(3, 0), List.of(1, 2, 0))) {
      SegmentTree some = tree.only(kept);
      assertThat(some.ends()).hasSize(kept.size());
      for (int i = 0; i < kept.size(); i++) {
        assertThat(some.path(i)).containsExactlyElementsOf(tree.path(kept.get(i)));
      }
    }
    assertThat(tree.only(List.of(2)).tokens()).isEqualTo(1);
    assertThat(tree.only(List.of(1)).tokens()).isEqualTo(3);
  }

  @Test
  void refusesTreesThatDoNotHoldTogether() {
    List<int[]> one = List.of(new int[] {1});
    assertThatThrownBy(() -> new SegmentTree(one, new int[0], new int[0]))
        .hasMessage("segments: expected 1 parents, found 0");
    assertThatThrownBy(() -> new SegmentTree(one, new int[] {0}, new int[0]))
        .hasMessage(
            "segments: segment 0: expected tokens and an earlier parent, found 1 tokens and 0");
    assertThatThrownBy(() -> new SegmentTree(List.of(new int[0]), new int[] {-1}, new int[0]))
        .hasMessage(
            "segments: segment 0: expected tokens and an earlier parent, found 0 tokens and -1");
    assertThatThrownBy(() -> new SegmentTree(one, new int[] {-1}, new int[] {1}))
        .hasMessage("segments: expected ends among 1 segments, found 1");
  }
}
