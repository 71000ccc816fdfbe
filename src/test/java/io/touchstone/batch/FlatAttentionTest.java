package io.touchstone.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FlatAttentionTest {

  @Test
  void everyTokenLooksAtItsPathAndNothingElse() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      PackedLoad load = Paths.load(Paths.random(random, 1 + random.nextInt(15)));
      int mostKeys = 1 + random.nextInt(30);
      int token = 0;
      for (MicroBatch batch : MicroBatch.cut(load, 1 + random.nextInt(9), 1 + random.nextInt(8))) {
        int query = 0;
        for (FlatAttention call : FlatAttention.of(batch, mostKeys)) {
          assertThat(call.first()).isEqualTo(query);
          List<Integer> keys = keys(call);
          int paths = call.keyBorders().length - 1;
          assertThat(call.keyCount()).isEqualTo(keys.size());
          assertThat(paths == 1 || keys.size() <= mostKeys).isTrue();
          for (int p = 0; p < paths; p++) {
            int end = call.keyBorders()[p + 1];
            int queries = call.queryBorders()[p + 1] - call.queryBorders()[p];
            assertThat(queries).isBetween(1, call.longestQueries());
            assertThat(end - call.keyBorders()[p]).isBetween(1, call.longestKeys());
            for (int own = 1; own <= queries; own++) {
              assertThat(keys.subList(call.keyBorders()[p], end - queries + own))
                  .isEqualTo(Paths.tokensUpTo(load, token++));
            }
            query += queries;
          }
          assertThat(call.end()).isEqualTo(query);
        }
        assertThat(query).isEqualTo(batch.tokens());
      }
      assertThat(token).isEqualTo(load.tokens());
    }
  }

  @Test
  void aConversationOfManySegmentsIsOnePath() {
    PackedLoad load = Paths.load(List.of(List.of(new int[600], new int[520], new int[3])));
    List<FlatAttention> calls = FlatAttention.of(MicroBatch.cut(load, 1, 1).get(0), 2_000);
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).keys()).containsExactly(new Rows(0, 1_123));
    assertThat(calls.get(0).queryBorders()).containsExactly(0, 1_123);
    assertThat(calls.get(0).keyBorders()).containsExactly(0, 1_123);
  }

  @Test
  void answersToOnePromptAreAPathEach() {
    List<int[]> first = List.of(new int[] {1, 2, 3}, new int[] {4, 5});
    List<int[]> second = List.of(first.get(0), new int[] {6});
    PackedLoad load = Paths.load(List.of(first, second));
    List<FlatAttention> calls = FlatAttention.of(MicroBatch.cut(load, 1, 1).get(0), 2_000);
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).keys()).containsExactly(new Rows(0, 5), new Rows(0, 3), new Rows(5, 6));
    assertThat(calls.get(0).queryBorders()).containsExactly(0, 5, 6);
    assertThat(calls.get(0).keyBorders()).containsExactly(0, 5, 9);
  }

  private static List<Integer> keys(FlatAttention call) {
    List<Integer> keys = new ArrayList<>();
    for (Rows range : call.keys()) {
      IntStream.range(range.first(), range.end()).forEach(keys::add);
    }
    return keys;
  }
}
