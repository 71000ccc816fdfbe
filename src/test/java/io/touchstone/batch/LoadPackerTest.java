package io.touchstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LoadPackerTest {

  @Test
  void storesSharedBeginningsOnce() {
    LoadPacker packer = new LoadPacker();
    packer.add(path(new int[] {1, 2}, new int[] {3}));
    packer.add(path(new int[] {1, 2}, new int[] {4, 5}));
    packer.add(path(new int[] {6}));
    packer.add(path(new int[] {1, 2}));
    packer.add(path(new int[] {1, 2}, new int[] {3}));
    PackedLoad load = packer.pack();
    assertThat(load.ids()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(load.starts()).containsExactly(0, 2, 3, 5, 6);
    assertThat(load.parents()).containsExactly(-1, 0, 0, -1);
    assertThat(load.readOuts()).containsExactly(2, 4, 5, 1, 2);
    assertThat(load.positions()).containsExactly(0, 1, 2, 2, 3, 0);
  }

  @Test
  void keepsApartWhatHasOtherTablesOfPositions() {
    LoadPacker packer = new LoadPacker();
    packer.add(path(new int[] {1, 2}, new int[] {3}), 70);
    packer.add(path(new int[] {1, 2}));
    assertThat(packer.missing(path(new int[] {1, 2}, new int[] {4}), 0)).isEqualTo(1);
    assertThat(packer.missing(path(new int[] {1, 2}, new int[] {4}), 71)).isEqualTo(3);
    packer.add(
        new SegmentTree(
            List.of(new int[] {1, 2}, new int[] {1, 2}, new int[] {5}),
            new int[] {-1, -1, 1},
            new int[] {0, 2},
            new int[] {0, 70, 70}));
    PackedLoad load = packer.pack();
    assertThat(load.ids()).containsExactly(1, 2, 3, 5, 1, 2);
    assertThat(load.stretches()).containsExactly(70, 70, 70, 0);
    assertThat(load.parents()).containsExactly(-1, 0, 0, -1);
    assertThat(load.readOuts()).containsExactly(2, 5, 5, 3);
    assertThat(load.positions()).containsExactly(0, 1, 2, 2, 0, 1);
  }

  @Test
  void everyReadOutSeesItsConversationAndNothingElse() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<List<int[]>> paths = Paths.random(random, 1 + random.nextInt(12));
      LoadPacker packer = new LoadPacker();
      for (List<int[]> path : paths) {
        int expected = packer.tokens() + packer.missing(path, 0);
        packer.add(path);
        assertThat(packer.tokens()).isEqualTo(expected);
      }
      PackedLoad load = packer.pack();
      assertThat(load.tokens()).isEqualTo(packer.tokens());
      for (int i = 0; i < paths.size(); i++) {
        assertThat(Paths.upTo(load, load.readOuts()[i])).isEqualTo(Paths.flat(paths.get(i)));
      }
    }
  }

  @Test
  void refusesEmptySegments() {
    LoadPacker packer = new LoadPacker();
    assertThatThrownBy(() -> packer.add(List.of()))
        .hasMessage("load: expected at least one segment, found none");
    assertThatThrownBy(() -> packer.add(path(new int[] {1}, new int[0])))
        .hasMessage("load: expected tokens in every segment, found none");
  }

  private static List<int[]> path(int[]... segments) {
    return new ArrayList<>(Arrays.asList(segments));
  }
}
