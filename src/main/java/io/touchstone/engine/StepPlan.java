package io.touchstone.engine;

import io.touchstone.batch.Rows;
import io.touchstone.engine.FlatPass.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Which blocks of the cache single tokens look at, as flat numbers for the program: a pair is a
 * token and one of its blocks.
 *
 * @param runs first block and number of blocks of each run of pairs whose blocks lie side by side
 * @param owners row of each pair
 * @param low the first key of its block that a pair's token looks at
 * @param high one past the last
 * @param order the pairs by the number of the block in its sequence, then by row
 * @param rows in the order of the first of these
 * @param counts how many rows have a first block, a second one, and so on
 */
record StepPlan(
    long[] runs, long[] owners, long[] low, long[] high, long[] order, long[] rows, long[] counts) {

  /**
   * A token and a block.
   *
   * @param number of the block among those that the token looks at
   * @param turn how many pairs before this one have the same block
   */
  private record Pair(int rank, Step step, int number, int block, Rows keys, int turn) {}

  /**
   * @param window most tokens that one looks at, its own among them; 0 for all
   */
  static StepPlan of(List<Step> steps, int window) {
    List<Step> ranked =
        steps.stream()
            .sorted(Comparator.comparingInt((Step step) -> -blocks(step, window).size()))
            .toList();
    List<Pair> pairs = new ArrayList<>();
    Map<Integer, Integer> turns = new HashMap<>();
    for (int rank = 0; rank < ranked.size(); rank++) {
      Step step = ranked.get(rank);
      List<Rows> blocks = blocks(step, window);
      int before = firstBlock(step, window);
      for (int b = 0; b < blocks.size(); b++) {
        int block = step.sequence().block(before + b);
        pairs.add(
            new Pair(rank, step, b, block, blocks.get(b), turns.merge(block, 1, Integer::sum)));
      }
    }
    // Blocks that several look at come again behind all others: so runs stay long.
    pairs.sort(Comparator.comparingInt(Pair::turn).thenComparingInt(Pair::block));
    long[] order =
        LongStream.range(0, pairs.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Long p) -> pairs.get(p.intValue()).number)
                    .thenComparingInt(p -> pairs.get(p.intValue()).rank))
            .mapToLong(Long::longValue)
            .toArray();
    return new StepPlan(
        runs(pairs),
        pairs.stream().mapToLong(pair -> pair.step.row()).toArray(),
        pairs.stream().mapToLong(pair -> pair.keys.first()).toArray(),
        pairs.stream().mapToLong(pair -> pair.keys.end()).toArray(),
        order,
        ranked.stream().mapToLong(Step::row).toArray(),
        counts(pairs));
  }

  private static int firstBlock(Step step, int window) {
    return firstKey(step, window) / KeyValueCache.BLOCK;
  }

  private static int firstKey(Step step, int window) {
    return window == 0 ? 0 : Math.max(0, step.position() + 1 - window);
  }

  /** Of each block that a token looks at, the keys. */
  private static List<Rows> blocks(Step step, int window) {
    int size = KeyValueCache.BLOCK;
    List<Rows> blocks = new ArrayList<>();
    for (int b = firstBlock(step, window); b <= step.position() / size; b++) {
      blocks.add(
          new Rows(
              Math.max(0, firstKey(step, window) - b * size),
              Math.min(size, step.position() + 1 - b * size)));
    }
    return blocks;
  }

  private static long[] runs(List<Pair> pairs) {
    LongStream.Builder runs = LongStream.builder();
    for (int first = 0, end = 1; first < pairs.size(); first = end, end++) {
      while (end < pairs.size() && pairs.get(end).block == pairs.get(end - 1).block + 1) {
        end++;
      }
      runs.add(pairs.get(first).block).add(end - first);
    }
    return runs.build().toArray();
  }

  private static long[] counts(List<Pair> pairs) {
    int most = pairs.stream().mapToInt(pair -> pair.number + 1).max().orElse(0);
    long[] counts = new long[most];
    pairs.forEach(pair -> counts[pair.number]++);
    return counts;
  }

  /** Cuts steps into about as many groups of about as many blocks. */
  static List<List<Step>> share(List<Step> steps, int groups) {
    long all = steps.stream().mapToLong(StepPlan::cost).sum();
    List<List<Step>> shares = new ArrayList<>();
    long seen = 0;
    int first = 0;
    for (int i = 0; i < steps.size(); i++) {
      seen += cost(steps.get(i));
      if (i == steps.size() - 1 || seen * groups >= all * (shares.size() + 1)) {
        shares.add(steps.subList(first, i + 1));
        first = i + 1;
      }
    }
    return shares;
  }

  private static long cost(Step step) {
    return step.position() / KeyValueCache.BLOCK + 1L;
  }
}
