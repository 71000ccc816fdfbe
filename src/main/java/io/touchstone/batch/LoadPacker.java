package io.touchstone.batch;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packs conversations into a load; equal beginnings of their segment paths are stored once. */
public final class LoadPacker {

  /** By stretch: tokens of different ones are never the same. */
  private final Map<Integer, Node> roots = new LinkedHashMap<>();

  private final List<Node> readOuts = new ArrayList<>();
  private int tokens;
  private int segments;

  /** Adds a conversation that has the usual table of positions. */
  public void add(List<int[]> path) {
    add(path, 0);
  }

  /**
   * Adds a conversation; its reward is read at its last token.
   *
   * @param path its segments, from the first token to the last; none of them empty
   * @param stretch which of the model's tables of positions it has
   */
  public void add(List<int[]> path, int stretch) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("load: expected at least one segment, found none");
    }
    Node node = root(stretch);
    for (int[] segment : path) {
      if (segment.length == 0) {
        throw new IllegalArgumentException("load: expected tokens in every segment, found none");
      }
      node = child(node, segment);
    }
    readOuts.add(node);
  }

  /** Adds the conversations of a row, in their order. */
  public void add(SegmentTree row) {
    Node[] nodes = new Node[row.parents().length];
    for (int s = 0; s < nodes.length; s++) {
      int parent = row.parents()[s];
      nodes[s] =
          child(parent < 0 ? root(row.stretches()[s]) : nodes[parent], row.segments().get(s));
    }
    for (int end : row.ends()) {
      readOuts.add(nodes[end]);
    }
  }

  private Node root(int stretch) {
    return roots.computeIfAbsent(stretch, first -> new Node());
  }

  private Node child(Node node, int[] segment) {
    return node.children.computeIfAbsent(
        IntBuffer.wrap(segment),
        ids -> {
          tokens += segment.length;
          segments++;
          return new Node();
        });
  }

  /** How many tokens a conversation would add. */
  public int missing(List<int[]> path, int stretch) {
    Node node = root(stretch);
    int missing = 0;
    for (int[] segment : path) {
      Node next = missing > 0 ? null : node.children.get(IntBuffer.wrap(segment));
      if (next == null) {
        missing += segment.length;
      } else {
        node = next;
      }
    }
    return missing;
  }

  /** How many tokens the conversations of a row would add. */
  public int missing(SegmentTree row) {
    @Nullable Node[] nodes = new @Nullable Node[row.parents().length];
    int missing = 0;
    for (int s = 0; s < nodes.length; s++) {
      int parent = row.parents()[s];
      Node before = parent < 0 ? roots.get(row.stretches()[s]) : nodes[parent];
      int[] segment = row.segments().get(s);
      nodes[s] = before == null ? null : before.children.get(IntBuffer.wrap(segment));
      if (nodes[s] == null) {
        missing += segment.length;
      }
    }
    return missing;
  }

  /** Distinct tokens so far. */
  public int tokens() {
    return tokens;
  }

  public PackedLoad pack() {
    int[] ids = new int[tokens];
    int[] starts = new int[segments + 1];
    int[] parents = new int[segments];
    int[] stretches = new int[segments];
    int segment = 0;
    int start = 0;
    for (Map.Entry<Integer, Node> root : roots.entrySet()) {
      // Depth-first without recursion: a path may have as many segments as a conversation turns.
      List<Visit> open = new ArrayList<>();
      push(root.getValue(), -1, open);
      while (!open.isEmpty()) {
        Visit visit = open.remove(open.size() - 1);
        int[] own = visit.ids.array();
        System.arraycopy(own, 0, ids, start, own.length);
        starts[segment] = start;
        parents[segment] = visit.parent;
        stretches[segment] = root.getKey();
        start += own.length;
        visit.node.lastToken = start - 1;
        push(visit.node, segment, open);
        segment++;
      }
    }
    starts[segment] = start;
    return new PackedLoad(
        ids,
        starts,
        parents,
        stretches,
        readOuts.stream().mapToInt(node -> node.lastToken).toArray());
  }

  private static void push(Node node, int segment, List<Visit> open) {
    List<Map.Entry<IntBuffer, Node>> children = new ArrayList<>(node.children.entrySet());
    for (int i = children.size() - 1; i >= 0; i--) {
      open.add(new Visit(children.get(i).getKey(), children.get(i).getValue(), segment));
    }
  }

  private record Visit(IntBuffer ids, Node node, int parent) {}

  private static final class Node {
    /** By the ids of their segments; an array is no key. */
    final Map<IntBuffer, Node> children = new LinkedHashMap<>();

    int lastToken = -1;
  }
}
