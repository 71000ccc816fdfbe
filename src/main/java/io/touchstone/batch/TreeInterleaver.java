package io.touchstone.batch;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins rows of as many conversations each to one: the first conversation of each, then the second
 * of each, and so on, each cut as it was. What begins alike stands there once.
 */
public final class TreeInterleaver {

  private final List<int[]> segments = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();
  private final List<Integer> stretches = new ArrayList<>();
  private final Map<Branch, Integer> known = new HashMap<>();

  /** One for each row, its conversations' last segments. */
  private final List<int[]> ends = new ArrayList<>();

  /** A segment by what it continues; an array is no key. */
  private record Branch(int parent, int stretch, IntBuffer ids) {}

  public void add(SegmentTree row) {
    int[] numbers = new int[row.parents().length];
    for (int s = 0; s < numbers.length; s++) {
      int parent = row.parents()[s] < 0 ? -1 : numbers[row.parents()[s]];
      int stretch = row.stretches()[s];
      int[] segment = row.segments().get(s);
      numbers[s] =
          known.computeIfAbsent(
              new Branch(parent, stretch, IntBuffer.wrap(segment)),
              branch -> {
                segments.add(segment);
                parents.add(parent);
                stretches.add(stretch);
                return segments.size() - 1;
              });
    }
    int[] ofRow = row.ends().clone();
    for (int c = 0; c < ofRow.length; c++) {
      ofRow[c] = numbers[ofRow[c]];
    }
    ends.add(ofRow);
  }

  public SegmentTree tree() {
    int rows = ends.size();
    int[] all = new int[rows * ends.get(0).length];
    for (int i = 0; i < all.length; i++) {
      all[i] = ends.get(i % rows)[i / rows];
    }
    return new SegmentTree(segments, ints(parents), all, ints(stretches));
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
