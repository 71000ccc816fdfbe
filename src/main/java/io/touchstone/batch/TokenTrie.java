package io.touchstone.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.lang3.ArrayUtils;

/**
 * Cuts the conversations of a row into segments: where they part, where one of them ends, and at
 * borders that are asked for. The cuts depend on the conversations, not on their order.
 *
 * <p>Takes memory for the distinct tokens, however many conversations begin alike.
 */
public final class TokenTrie {

  /** By stretch: conversations of different ones share nothing. */
  private final Map<Integer, Strand> roots = new HashMap<>();

  private final List<Strand> strands = new ArrayList<>();
  private final Strand[] endStrands;
  private final int[][] lengths;

  public TokenTrie(int conversations) {
    this.endStrands = new Strand[conversations];
    this.lengths = new int[conversations][];
  }

  /** Adds a conversation that has the usual table of positions. */
  public void add(int conversation, int[] ids, List<Integer> borders) {
    add(conversation, ids, new int[] {ids.length}, borders, 0);
  }

  /**
   * Adds a conversation; each number from 0 up must be given once before the trie is cut.
   *
   * @param whole its ids
   * @param readOuts for each place at which it is read how many of the ids lead up to it; what
   *     comes behind all of them is left out
   * @param borders numbers of tokens after which the path of this conversation, and of each that
   *     has these tokens in common with it, may be cut for the sake of other rows; those outside
   *     the conversation count for nothing
   * @param stretch which of the model's tables of positions the conversation has
   */
  public void add(
      int conversation, int[] whole, int[] readOuts, List<Integer> borders, int stretch) {
    int[] ids = Arrays.copyOf(whole, Arrays.stream(readOuts).max().orElse(0));
    if (Arrays.stream(readOuts).anyMatch(length -> length < 1)) {
      throw new IllegalArgumentException(
          "trie: expected tokens in conversation " + conversation + ", found none");
    }
    Strand strand = roots.computeIfAbsent(stretch, Strand::new);
    int depth = matched(strand, ids);
    while (depth < ids.length) {
      Strand branch = strand.branches.get(new Branch(depth, ids[depth]));
      if (branch == null) {
        branch = new Strand(strand, depth, Arrays.copyOfRange(ids, depth, ids.length));
        strand.branches.put(new Branch(depth, ids[depth]), branch);
        strands.add(branch);
      }
      mark(strand, depth, depth, false);
      strand = branch;
      depth = matched(strand, ids);
      for (int border : borders) {
        mark(strand, border, depth, false);
      }
    }
    for (int length : readOuts) {
      mark(holding(length, strand), length, depth, true);
    }
    endStrands[conversation] = strand;
    lengths[conversation] = readOuts;
  }

  /** The strand in which so many tokens of a conversation end, which itself ends in another one. */
  private static Strand holding(int length, Strand last) {
    Strand strand = last;
    while (length <= strand.from) {
      strand = strand.parent;
    }
    return strand;
  }

  /** How many of the ids lead along the strand, from the conversation's first. */
  private static int matched(Strand strand, int[] ids) {
    int differs = Arrays.mismatch(strand.own, 0, strand.own.length, ids, strand.from, ids.length);
    return strand.from + (differs < 0 ? strand.own.length : differs);
  }

  /** Borders at the strand's beginning belong to the strand that it leaves. */
  private static void mark(Strand strand, int border, int depth, boolean always) {
    if (border > strand.from && border <= depth) {
      strand.marks.merge(border, always, Boolean::logicalOr);
    }
  }

  /**
   * The segments of all conversations.
   *
   * @param least tokens that a segment in front of a border must have: where it would have fewer
   *     the border is left out, unless a conversation ends there
   */
  public SegmentTree cut(int least) {
    List<int[]> segments = new ArrayList<>();
    List<Integer> parents = new ArrayList<>();
    List<Integer> stretches = new ArrayList<>();
    for (Strand strand : strands) {
      strand.cut(least, segments, parents);
      while (stretches.size() < segments.size()) {
        stretches.add(strand.stretch);
      }
    }
    List<Integer> ends = new ArrayList<>();
    for (int c = 0; c < lengths.length; c++) {
      if (endStrands[c] == null) {
        throw new IllegalStateException("trie: conversation " + c + " was never added");
      }
      for (int length : lengths[c]) {
        ends.add(holding(length, endStrands[c]).cuts.get(length));
      }
    }
    return new SegmentTree(segments, ints(parents), ints(ends), ints(stretches));
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private record Branch(int depth, int token) {}

  /** A run of tokens from where it leaves its parent to the end of a conversation. */
  private static final class Strand {
    private final int stretch;
    private final Strand parent;
    private final int from;
    private final int[] own;
    private final Map<Branch, Strand> branches = new HashMap<>();

    /** By number of tokens in front; true where a cut must be. */
    private final TreeMap<Integer, Boolean> marks = new TreeMap<>();

    /** By number of tokens in front: the segment that ends there. */
    private final TreeMap<Integer, Integer> cuts = new TreeMap<>();

    /** The strand's tokens behind its parent's last cut. */
    private int[] uncut = {};

    /** What no conversation begins before. */
    Strand(int stretch) {
      this.stretch = stretch;
      this.parent = this;
      this.from = 0;
      this.own = new int[0];
      cuts.put(0, -1);
    }

    Strand(Strand parent, int from, int[] own) {
      this.stretch = parent.stretch;
      this.parent = parent;
      this.from = from;
      this.own = own;
    }

    void cut(int least, List<int[]> segments, List<Integer> parents) {
      int first = parent.cuts.headMap(from, true).lastKey();
      int segment = parent.cuts.getOrDefault(first, -1);
      uncut = ArrayUtils.addAll(parent.range(first, from), own);
      cuts.clear();
      cuts.put(first, segment);
      int last = first;
      for (Map.Entry<Integer, Boolean> mark : marks.entrySet()) {
        int border = mark.getKey();
        if (mark.getValue() || border - last >= least) {
          segments.add(range(last, border));
          parents.add(segment);
          segment = segments.size() - 1;
          cuts.put(border, segment);
          last = border;
        }
      }
    }

    /** Tokens from one number of tokens in front up to another, none before the first cut. */
    private int[] range(int start, int end) {
      int first = cuts.firstKey();
      return Arrays.copyOfRange(uncut, start - first, end - first);
    }
  }
}
