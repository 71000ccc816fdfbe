package io.touchstone.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The attention of many paths as one call: each is a run of queries over keys of which it is the
 * end. Blocks that follow each other on one path are one, so that a conversation's keys are taken
 * once, however many segments and blocks it has.
 *
 * @param first query, counted from the micro-batch's first token
 * @param end one past the last query
 * @param keys ranges of tokens of the load, path after path
 * @param queryBorders where each path's queries begin among these, and where the last ones end
 * @param keyBorders the same of its keys
 */
public record FlatAttention(
    int first, int end, List<Rows> keys, int[] queryBorders, int[] keyBorders) {

  /** Keys of all paths. */
  public int keyCount() {
    return keyBorders[keyBorders.length - 1];
  }

  /** The most queries of a path. */
  public int longestQueries() {
    return longest(queryBorders);
  }

  /** The most keys of a path. */
  public int longestKeys() {
    return longest(keyBorders);
  }

  private static int longest(int[] borders) {
    return IntStream.range(1, borders.length)
        .map(i -> borders[i] - borders[i - 1])
        .max()
        .orElseThrow();
  }

  /**
   * The calls for a micro-batch, in order.
   *
   * @param mostKeys of a call, unless one path alone has more
   */
  public static List<FlatAttention> of(MicroBatch batch, int mostKeys) {
    List<FlatAttention> calls = new ArrayList<>();
    List<Path> together = new ArrayList<>();
    int keys = 0;
    for (Path path : paths(batch.plan())) {
      if (!together.isEmpty() && keys + path.keys() > mostKeys) {
        calls.add(joined(together, batch.first()));
        together.clear();
        keys = 0;
      }
      together.add(path);
      keys += path.keys();
    }
    calls.add(joined(together, batch.first()));
    return calls;
  }

  /**
   * @param before what comes before the queries, neighbours joined
   */
  private record Path(List<Rows> before, Rows queries) {
    int keys() {
      return length(before) + queries.end() - queries.first();
    }

    /** Whether queries that have this before them continue this path. */
    boolean continuedBy(List<Rows> others) {
      return others.equals(withOwn());
    }

    List<Rows> withOwn() {
      List<Rows> all = new ArrayList<>(before);
      int last = all.size() - 1;
      if (last >= 0 && all.get(last).end() == queries.first()) {
        all.set(last, new Rows(all.get(last).first(), queries.end()));
      } else {
        all.add(queries);
      }
      return all;
    }

    private static int length(List<Rows> ranges) {
      return ranges.stream().mapToInt(range -> range.end() - range.first()).sum();
    }
  }

  /** A plan's blocks, as {@link AttentionPlan} lays them out. */
  private static List<Path> paths(long[] plan) {
    List<Path> paths = new ArrayList<>();
    int at = 0;
    while (at < plan.length) {
      Rows queries = rows(plan, at);
      List<Rows> before = new ArrayList<>();
      int ranges = (int) plan[at + 2];
      at += 3;
      for (int r = 0; r < ranges; r++, at += 2) {
        before.add(rows(plan, at));
      }
      int last = paths.size() - 1;
      if (last >= 0 && paths.get(last).continuedBy(before)) {
        Path path = paths.get(last);
        paths.set(last, new Path(path.before, new Rows(path.queries.first(), queries.end())));
      } else {
        paths.add(new Path(before, queries));
      }
    }
    return paths;
  }

  private static Rows rows(long[] plan, int at) {
    return new Rows((int) plan[at], (int) (plan[at] + plan[at + 1]));
  }

  private static FlatAttention joined(List<Path> paths, int firstOfBatch) {
    List<Rows> keys = new ArrayList<>();
    int[] queryBorders = new int[paths.size() + 1];
    int[] keyBorders = new int[paths.size() + 1];
    for (int p = 0; p < paths.size(); p++) {
      Path path = paths.get(p);
      keys.addAll(path.withOwn());
      queryBorders[p + 1] = queryBorders[p] + path.queries.end() - path.queries.first();
      keyBorders[p + 1] = keyBorders[p] + path.keys();
    }
    int first = paths.get(0).queries.first() - firstOfBatch;
    return new FlatAttention(
        first, first + queryBorders[paths.size()], keys, queryBorders, keyBorders);
  }
}
