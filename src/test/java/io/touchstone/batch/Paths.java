package io.touchstone.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random conversations that share beginnings, and what a load should say of them. */
final class Paths {
  private Paths() {}

  static List<List<int[]>> random(Random random, int count) {
    List<List<int[]>> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<int[]> path = new ArrayList<>();
      if (i > 0 && random.nextInt(3) > 0) {
        List<int[]> other = paths.get(random.nextInt(i));
        path.addAll(other.subList(0, random.nextInt(other.size() + 1)));
      }
      for (int s = random.nextInt(3) + (path.isEmpty() ? 1 : 0); s > 0; s--) {
        path.add(random.ints(1 + random.nextInt(6), 0, 50).toArray());
      }
      paths.add(path);
    }
    return paths;
  }

  static PackedLoad load(List<List<int[]>> paths) {
    LoadPacker packer = new LoadPacker();
    paths.forEach(packer::add);
    return packer.pack();
  }

  static List<Integer> flat(List<int[]> path) {
    List<Integer> ids = new ArrayList<>();
    for (int[] segment : path) {
      for (int id : segment) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** Ids of the path that ends with a token. */
  static List<Integer> upTo(PackedLoad load, int token) {
    List<Integer> ids = new ArrayList<>();
    for (int t : tokensUpTo(load, token)) {
      ids.add(load.ids()[t]);
    }
    return ids;
  }

  static List<Integer> tokensUpTo(PackedLoad load, int token) {
    List<Integer> tokens = new ArrayList<>();
    int end = token + 1;
    for (int s = load.segmentOf(token); s >= 0; s = load.parents()[s]) {
      for (int t = end - 1; t >= load.starts()[s]; t--) {
        tokens.add(0, t);
      }
      end = load.parents()[s] < 0 ? 0 : load.starts()[load.parents()[s] + 1];
    }
    return tokens;
  }
}
