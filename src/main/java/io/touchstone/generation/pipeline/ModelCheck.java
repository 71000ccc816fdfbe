package io.touchstone.generation.pipeline;

import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.Logits;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a model generates at all, and whether it gives a sequence the same bits in any company:
 * held to a few ids, which every vocabulary has.
 */
final class ModelCheck {

  private static final int STEPS = 3;

  private final CausalModel model;

  ModelCheck(CausalModel model) {
    this.model = model;
  }

  /**
   * Runs a sequence alone.
   *
   * @throws ScorerException if it has no finite logits
   */
  void alone() {
    run(List.of());
  }

  /**
   * Runs a sequence alone and in company of others, which are fed at the same time and before.
   *
   * @return whether its logits have the same bits every time
   * @throws ScorerException if it has no finite logits
   */
  boolean keepsBits() {
    List<float[]> alone = run(List.of());
    for (int others = 1; others <= companies(); others++) {
      List<float[]> beside = run(lengths(others));
      for (int step = 0; step < alone.size(); step++) {
        if (!Arrays.equals(alone.get(step), beside.get(step))) {
          return false;
        }
      }
    }
    return true;
  }

  /** As many as the model's memory holds, three at most. */
  private int companies() {
    long left = model.memory().forSequences() - model.memory().bytes(length() + STEPS);
    int companies = 0;
    for (int others = 1; others <= 3; others++) {
      long bytes =
          lengths(others).stream().mapToLong(tokens -> model.memory().bytes(tokens + STEPS)).sum();
      int tokens = lengths(others).stream().mapToInt(Integer::intValue).sum() + length();
      companies = bytes <= left && tokens <= model.memory().passTokens() ? others : companies;
    }
    return companies;
  }

  /** Tokens of the sequence that is looked at: more than a chunk, where a pass takes that many. */
  private int length() {
    return Math.min(model.chunk() + 5, Math.max(1, model.memory().passTokens() / 4));
  }

  /** Of its neighbours: in some companies many short ones, in others few. */
  private List<Integer> lengths(int company) {
    List<Integer> lengths = new ArrayList<>();
    for (int other = 0; other < 7 * company - 6; other++) {
      lengths.add(1 + (5 * company + 3 * other) % 17);
    }
    return lengths;
  }

  /** Logits of the prompt's end and of some steps; the best token is the next one. */
  private List<float[]> run(List<Integer> neighbours) {
    List<Sequence> sequences = new ArrayList<>();
    try {
      List<Feed> feeds = new ArrayList<>();
      for (int tokens : neighbours) {
        sequences.add(model.begin());
        feeds.add(feed(sequences.get(sequences.size() - 1), tokens));
      }
      Sequence own = model.begin();
      sequences.add(own);
      feeds.add(feed(own, length()));
      List<float[]> logits = new ArrayList<>();
      for (int step = 0; step <= STEPS; step++) {
        List<Logits> last = model.pass(feeds);
        logits.add(finite(last.get(last.size() - 1)));
        feeds.clear();
        for (int s = 0; s < sequences.size(); s++) {
          feeds.add(new Feed(sequences.get(s), new int[] {last.get(s).argmax()}, true));
        }
      }
      return logits;
    } finally {
      sequences.forEach(Sequence::close);
    }
  }

  private Feed feed(Sequence sequence, int tokens) {
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
