package io.touchstone.generation.pipeline;

import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Logits;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a model generates at all, and whether it gives a sequence the same bits in any company:
 * held to a few ids, which every vocabulary has, in few passes, as each may read all weights.
 */
final class ModelCheck {

  /** What stands in front of the prompt that is looked at, each time it comes. */
  private static final int[][] NEIGHBOURS = {{3}, {1, 6, 17, 2}, {11, 1, 5, 1, 23, 4, 9, 2, 14}};

  private final CausalModel model;

  ModelCheck(CausalModel model) {
    this.model = model;
  }

  /**
   * Runs a prompt and a step alone.
   *
   * @throws ScorerException if it has no finite logits
   */
  void alone() {
    run(new int[][] {{}});
  }

  /**
   * Runs them alone, and then several times at once, at several places among others.
   *
   * @return whether the logits have the same bits each time
   * @throws ScorerException if they are not finite
   */
  boolean keepsBits() {
    List<float[]> alone = run(new int[][] {{}});
    int[][] company = company();
    List<float[]> together = company.length == 0 ? List.of() : run(company);
    for (int i = 0; i < together.size(); i++) {
      if (!Arrays.equals(together.get(i), alone.get(i % 2))) {
        return false;
      }
    }
    return true;
  }

  /** As much of it as the memory holds and a pass takes. */
  private int[][] company() {
    GenerationMemory memory = model.memory();
    long bytes = 0;
    int tokens = 0;
    int groups = 0;
    for (int[] neighbours : NEIGHBOURS) {
      tokens += length() + Arrays.stream(neighbours).sum();
      bytes += memory.bytes(length() + 1);
      bytes += Arrays.stream(neighbours).mapToLong(one -> memory.bytes(one + 1)).sum();
      if (bytes > memory.forSequences() || tokens > memory.passTokens()) {
        break;
      }
      groups++;
    }
    return Arrays.copyOf(NEIGHBOURS, groups);
  }

  /** Tokens of the prompt that is looked at: more than a chunk, where a pass takes several. */
  private int length() {
    return Math.min(model.chunk() + 5, Math.max(1, model.memory().passTokens() / 4));
  }

  /**
   * Feeds a prompt behind each group of neighbours, and all of them one step.
   *
   * @return of each prompt the logits of its end, and those of the step
   */
  private List<float[]> run(int[][] groups) {
    List<Sequence> sequences = new ArrayList<>();
    List<Integer> looked = new ArrayList<>();
    try {
      List<Feed> feeds = new ArrayList<>();
      for (int[] group : groups) {
        for (int tokens : group) {
          feeds.add(feed(sequences, tokens));
        }
        looked.add(feeds.size());
        feeds.add(feed(sequences, length()));
      }
      List<Logits> ends = model.pass(feeds);
      List<float[]> first = looked.stream().map(i -> finite(ends.get(i))).toList();
      List<Feed> steps = new ArrayList<>();
      for (int s = 0; s < sequences.size(); s++) {
        steps.add(new Feed(sequences.get(s), new int[] {ends.get(s).argmax()}, true));
      }
      List<Logits> behind = model.pass(steps);
      List<float[]> all = new ArrayList<>();
      for (int i = 0; i < looked.size(); i++) {
        all.add(first.get(i));
        all.add(finite(behind.get(looked.get(i))));
      }
      return all;
    } finally {
      sequences.forEach(Sequence::close);
    }
  }

  private Feed feed(List<Sequence> sequences, int tokens) {
    Sequence sequence = model.begin();
    sequences.add(sequence);
    int[] ids = new int[tokens];
    for (int i = 0; i < tokens; i++) {
      ids[i] = (7 * i + tokens) % model.vocabulary();
    }
    return new Feed(sequence, ids, true);
  }

  private static float[] finite(Logits logits) {
    float[] all = logits.all();
    for (float value : all) {
      if (!Float.isFinite(value)) {
        throw new ScorerException(
            "self-check: expected finite logits for a short prompt, found " + value);
      }
    }
    return all;
  }
}
