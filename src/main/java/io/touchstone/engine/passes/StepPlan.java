package io.touchstone.engine.passes;

import io.touchstone.engine.passes.FlatPass.Step;
import io.touchstone.engine.program.PassProgram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which blocks of the cache single tokens look at, as flat numbers for the program: a pair is a
 * token and one of its blocks. Pairs are ordered by the number of the block in its sequence, and
 * within that by token, those with the most blocks first.
 *
 * @param owners row of each pair
 * @param blocks of the cache, one for each pair
 * @param low the first key of its block that a pair's token looks at
 * @param high one past the last
 * @param rows of the tokens, in their order
 * @param counts how many tokens have a first block, a second one, and so on
 */
record StepPlan(long[] owners, long[] blocks, long[] low, long[] high, long[] rows, long[] counts) {

  /**
   * @param window most tokens that one looks at, its own among them; 0 for all
   */
  static StepPlan of(List<Step> steps, int window) {
    List<Step> ranked =
        steps.stream().sorted(Comparator.comparingInt(step -> -count(step, window))).toList();
    int pairs = ranked.stream().mapToInt(step -> count(step, window)).sum();
    long[] owners = new long[pairs];
    long[] blocks = new long[pairs];
    long[] low = new long[pairs];
    long[] high = new long[pairs];
    long[] counts = new long[count(ranked.get(0), window)];
    int size = PassProgram.BLOCK;
    int pair = 0;
    for (int b = 0; b < counts.length; b++) {
      for (int r = 0; r < ranked.size() && count(ranked.get(r), window) > b; r++, pair++) {
        Step step = ranked.get(r);
        int number = firstKey(step, window) / size + b;
        owners[pair] = step.row();
        blocks[pair] = step.sequence().block(number);
        low[pair] = Math.max(0, firstKey(step, window) - number * size);
        high[pair] = Math.min(size, step.position() + 1 - number * size);
        counts[b]++;
      }
    }
    long[] rows = ranked.stream().mapToLong(Step::row).toArray();
    return new StepPlan(owners, blocks, low, high, rows, counts);
  }

  static int firstKey(Step step, int window) {
    return window == 0 ? 0 : Math.max(0, step.position() + 1 - window);
  }

  /** How many blocks a token looks at. */
  private static int count(Step step, int window) {
    int first = firstKey(step, window) / PassProgram.BLOCK;
    return step.position() / PassProgram.BLOCK - first + 1;
  }

  /** Cuts steps into about as many groups of about as many blocks. */
  static List<List<Step>> share(List<Step> steps, int groups) {
    long all = steps.stream().mapToLong(step -> count(step, 0)).sum();
    List<List<Step>> shares = new ArrayList<>();
    long seen = 0;
    int first = 0;
    for (int i = 0; i < steps.size(); i++) {
      seen += count(steps.get(i), 0);
      if (i == steps.size() - 1 || seen * groups >= all * (shares.size() + 1)) {
        shares.add(steps.subList(first, i + 1));
        first = i + 1;
      }
    }
    return shares;
  }
}
