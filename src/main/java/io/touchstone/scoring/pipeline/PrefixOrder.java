package io.touchstone.scoring.pipeline;

import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.SegmentTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings rows whose prompts begin alike together, by the segments of each row's first prompt: what
 * is met first stands in front, and rows that share nothing keep their order.
 */
final class PrefixOrder {
  private final Node root = new Node();

  private PrefixOrder() {}

  /** What prompts go on with after the same segments. */
  private static final class Node {

    /** By a digest of the segment: where two have the same, rows are neighbours for nothing. */
    final Map<Long, Node> children = new LinkedHashMap<>();

    final List<Integer> rows = new ArrayList<>();
  }

  /**
   * Cuts rows into loads.
   *
   * @param rows not empty
   * @param loadTokens that a load may have, but for a row that has more by itself; tokens that its
   *     rows share count once
   * @return the places of each load's rows, in growing order; each place is in one load
   */
  static List<List<Integer>> loads(List<SegmentTree> rows, int loadTokens) {
    List<List<Integer>> loads = new ArrayList<>();
    List<Integer> load = new ArrayList<>();
    LoadPacker packer = new LoadPacker();
    for (int place : of(rows)) {
      SegmentTree row = rows.get(place);
      // A load above the limit would be cut, and leave a small rest: the row begins the next one.
      if (packer.tokens() > 0 && packer.tokens() + packer.missing(row) > loadTokens) {
        loads.add(load);
        load = new ArrayList<>();
        packer = new LoadPacker();
      }
      packer.add(row);
      load.add(place);
    }
    loads.add(load);
    loads.forEach(places -> places.sort(null));
    return loads;
  }

  private static List<Integer> of(List<SegmentTree> rows) {
    PrefixOrder order = new PrefixOrder();
    for (int place = 0; place < rows.size(); place++) {
      order.node(rows.get(place)).rows.add(place);
    }
    return order.places();
  }

  private Node node(SegmentTree row) {
    // Prompts with other tables of positions share no token.
    Node node = child(root, row.stretch(0));
    for (int[] segment : row.path(0)) {
      node = child(node, (long) segment.length << Integer.SIZE ^ Arrays.hashCode(segment));
    }
    return node;
  }

  private static Node child(Node node, long key) {
    return node.children.computeIfAbsent(key, first -> new Node());
  }

  /** Depth-first without recursion: a path may have as many segments as a conversation turns. */
  private List<Integer> places() {
    List<Integer> places = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Node node = open.removeLast();
      places.addAll(node.rows);
      List<Node> children = new ArrayList<>(node.children.values());
      for (int i = children.size() - 1; i >= 0; i--) {
        open.addLast(children.get(i));
      }
    }
    return places;
  }
}
