package io.touchstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TokenTrieTest {

  @Test
  void storesWhatConversationsHaveInCommonOnce() {
    TokenTrie trie = new TokenTrie(3);
    trie.add(0, new int[] {1, 2, 3, 4, 5}, List.of(1, 9));
    trie.add(1, new int[] {1, 2, 3, 6}, List.of());
    trie.add(2, new int[] {1, 2, 3, 4}, List.of());
    SegmentTree tree = trie.cut(1);
    assertThat(paths(tree))
        .containsExactly(
            List.of(List.of(1), List.of(2, 3), List.of(4), List.of(5)),
            List.of(List.of(1), List.of(2, 3), List.of(6)),
            List.of(List.of(1), List.of(2, 3), List.of(4)));
    assertThat(tree.tokens()).isEqualTo(6);
  }

  @Test
  void sharesNothingAcrossTablesOfPositions() {
    TokenTrie trie = new TokenTrie(3);
    trie.add(0, new int[] {1, 2, 3}, new int[] {3}, List.of(), 3);
    trie.add(1, new int[] {1, 2}, new int[] {2}, List.of(), 0);
    trie.add(2, new int[] {1, 2, 4}, new int[] {3}, List.of(), 3);
    SegmentTree tree = trie.cut(1);
    assertThat(paths(tree))
        .containsExactly(
            List.of(List.of(1, 2), List.of(3)),
            List.of(List.of(1, 2)),
            List.of(List.of(1, 2), List.of(4)));
    assertThat(tree.tokens()).isEqualTo(6);
    assertThat(List.of(tree.stretch(0), tree.stretch(1), tree.stretch(2))).containsExactly(3, 0, 3);
    SegmentTree some = tree.only(List.of(2, 1));
    assertThat(List.of(some.stretch(0), some.stretch(1))).containsExactly(3, 0);
  }

  @Test
  void endsSegmentsWhereverAConversationIsRead() {
    TokenTrie trie = new TokenTrie(3);
    trie.add(0, new int[] {1, 2, 3, 4, 5, 9}, new int[] {2, 5}, List.of(), 0);
    trie.add(1, new int[] {1, 2, 3, 6}, new int[] {4, 1}, List.of(), 0);
    trie.add(2, new int[] {1, 2}, new int[] {2}, List.of(), 0);
    assertThat(paths(trie.cut(8)))
        .containsExactly(
            List.of(List.of(1), List.of(2)),
            List.of(List.of(1), List.of(2), List.of(3, 4, 5)),
            List.of(List.of(1), List.of(2), List.of(3, 6)),
            List.of(List.of(1)),
            List.of(List.of(1), List.of(2)));
  }

  @Test
  void leavesOutBordersBehindTooFewTokensButNoEnds() {
    TokenTrie trie = new TokenTrie(3);
    trie.add(0, new int[] {1, 2, 3, 4, 5, 6}, List.of(2, 3, 5));
    trie.add(1, new int[] {1, 2, 3, 4, 7}, List.of());
    trie.add(2, new int[] {1}, List.of());
    assertThat(paths(trie.cut(3)))
        .containsExactly(
            List.of(List.of(1), List.of(2, 3, 4), List.of(5, 6)),
            List.of(List.of(1), List.of(2, 3, 4), List.of(7)),
            List.of(List.of(1)));
    assertThat(paths(trie.cut(4)))
        .containsExactly(
            List.of(List.of(1), List.of(2, 3, 4, 5), List.of(6)),
            List.of(List.of(1), List.of(2, 3, 4, 7)),
            List.of(List.of(1)));
  }

  @Test
  void cutsAtEveryPartingAndBorderWhateverTheOrder() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<int[]> conversations = conversations(random, 1 + random.nextInt(8));
      List<List<Integer>> borders = new ArrayList<>();
      List<Integer> order = new ArrayList<>();
      for (int c = 0; c < conversations.size(); c++) {
        borders.add(random.ints(random.nextInt(3), -1, 20).boxed().toList());
        order.add(c);
      }
      int least = 1 + random.nextInt(4);
      SegmentTree tree = cut(conversations, borders, order, least);
      for (int c = 0; c < conversations.size(); c++) {
        assertThat(joined(paths(tree).get(c))).isEqualTo(boxed(conversations.get(c)));
      }
      int distinct = distinct(conversations);
      assertThat(tree.tokens()).isGreaterThanOrEqualTo(distinct);
      assertThat(tree.tokens()).isLessThanOrEqualTo(distinct + (least - 1) * conversations.size());
      Collections.shuffle(order, random);
      assertThat(paths(cut(conversations, borders, order, least))).isEqualTo(paths(tree));
    }
  }

  @Test
  void refusesWhatIsNoConversation() {
    TokenTrie trie = new TokenTrie(2);
    assertThatThrownBy(() -> trie.add(0, new int[0], List.of()))
        .hasMessage("trie: expected tokens in conversation 0, found none");
    trie.add(0, new int[] {1}, List.of());
    assertThatThrownBy(() -> trie.cut(1)).hasMessage("trie: conversation 1 was never added");
  }

  private static SegmentTree cut(
      List<int[]> conversations, List<List<Integer>> borders, List<Integer> order, int least) {
    TokenTrie trie = new TokenTrie(conversations.size());
    for (int c : order) {
      trie.add(c, conversations.get(c), borders.get(c));
    }
    return trie.cut(least);
  }

  /** Few tokens, so that many begin alike, are equal or end within one another. */
  private static List<int[]> conversations(Random random, int count) {
    List<int[]> conversations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] more = random.ints(1 + random.nextInt(8), 0, 2).toArray();
      if (i > 0 && random.nextBoolean()) {
        int[] other = conversations.get(random.nextInt(i));
        int shared = random.nextInt(other.length + 1);
        int[] both = Arrays.copyOf(other, shared + more.length);
        System.arraycopy(more, 0, both, shared, more.length);
        more = both;
      }
      conversations.add(more);
    }
    return conversations;
  }

  private static int distinct(List<int[]> conversations) {
    Set<List<Integer>> beginnings = new HashSet<>();
    for (int[] ids : conversations) {
      for (int length = 1; length <= ids.length; length++) {
        beginnings.add(boxed(ids).subList(0, length));
      }
    }
    return beginnings.size();
  }

  private static List<List<List<Integer>>> paths(SegmentTree tree) {
    List<List<List<Integer>>> paths = new ArrayList<>();
    for (int end : tree.ends()) {
      List<List<Integer>> path = new ArrayList<>();
      for (int s = end; s >= 0; s = tree.parents()[s]) {
        path.add(0, boxed(tree.segments().get(s)));
      }
      paths.add(path);
    }
    return paths;
  }

  private static List<Integer> joined(List<List<Integer>> path) {
    return path.stream().flatMap(List::stream).toList();
  }

  private static List<Integer> boxed(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }
}
