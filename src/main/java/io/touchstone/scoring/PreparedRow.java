package io.touchstone.scoring;

import io.touchstone.batch.SegmentTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A row as token ids.
 *
 * @param tree the row's prompts up to their read-outs: an end for each, those of a prompt together
 * @param promptTokens for each prompt the tokens of the whole, those behind the last read-out among
 *     them: one for each conversation, or one for each conversation and principle, those of a
 *     conversation together
 * @param rewards for each prompt how many it gets: one, or one for each step of its answer
 * @param places for each reward at how many places the prompt is read for it
 * @param specialTokensInText how many special tokens the texts of the row spell out
 * @param cutTexts prompts that were longer than the model takes, and were cut
 * @param insideThought numbers of the prompts that end inside a thought, which an answer goes on
 *     with
 */
public record PreparedRow(
    SegmentTree tree,
    List<Integer> promptTokens,
    List<Integer> rewards,
    List<Integer> places,
    int specialTokensInText,
    int cutTexts,
    Set<Integer> insideThought)
    implements Preparation {

  public PreparedRow {
    insideThought = Set.copyOf(insideThought);
    promptTokens = List.copyOf(promptTokens);
    rewards = List.copyOf(rewards);
    places = List.copyOf(places);
    if (promptTokens.isEmpty()
        || promptTokens.size() != rewards.size()
        || sum(rewards) != places.size()
        || sum(places) != tree.ends().length) {
      throw new IllegalArgumentException(
          "row: expected prompts for each of its "
              + tree.ends().length
              + " read-outs, found "
              + promptTokens.size()
              + " prompts that are read at "
              + sum(places)
              + " places for "
              + sum(rewards)
              + " rewards");
    }
  }

  /** A row whose prompts get one reward each. */
  public PreparedRow(
      SegmentTree tree, List<Integer> promptTokens, List<Integer> places, int specialTokensInText) {
    this(tree, promptTokens, ones(promptTokens.size()), places, specialTokensInText, 0, Set.of());
  }

  /** A row whose prompts are read at one place each. */
  public PreparedRow(SegmentTree tree, List<Integer> promptTokens, int specialTokensInText) {
    this(tree, promptTokens, specialTokensInText, 0);
  }

  /** A row whose prompts are read at one place each, and some of which were cut. */
  public PreparedRow(
      SegmentTree tree, List<Integer> promptTokens, int specialTokensInText, int cutTexts) {
    this(
        tree,
        promptTokens,
        ones(promptTokens.size()),
        ones(promptTokens.size()),
        specialTokensInText,
        cutTexts,
        Set.of());
  }

  /** A row whose prompts are answered, some of them inside a thought. */
  public PreparedRow(
      SegmentTree tree,
      List<Integer> promptTokens,
      int specialTokensInText,
      Set<Integer> insideThought) {
    this(
        tree,
        promptTokens,
        ones(promptTokens.size()),
        ones(promptTokens.size()),
        specialTokensInText,
        0,
        insideThought);
  }

  private static List<Integer> ones(int count) {
    return Collections.nCopies(count, 1);
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  /** A row of some of its rewards, each prompt cut where it is here: they are the same. */
  public PreparedRow only(List<Integer> kept) {
    int[] prompts = new int[promptTokens.size()];
    int[] ofReward = new int[places.size()];
    int[] firstEnds = new int[places.size()];
    int reward = 0;
    int end = 0;
    for (int p = 0; p < prompts.length; p++) {
      for (int i = 0; i < rewards.get(p); i++) {
        ofReward[reward] = p;
        firstEnds[reward] = end;
        end += places.get(reward);
        reward++;
      }
    }
    List<Integer> ends = new ArrayList<>();
    for (int each : kept) {
      prompts[ofReward[each]]++;
      for (int place = 0; place < places.get(each); place++) {
        ends.add(firstEnds[each] + place);
      }
    }
    List<Integer> tokens = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    Set<Integer> thoughts = new HashSet<>();
    for (int p = 0; p < prompts.length; p++) {
      if (prompts[p] > 0) {
        if (insideThought.contains(p)) {
          thoughts.add(tokens.size());
        }
        tokens.add(promptTokens.get(p));
        counts.add(prompts[p]);
      }
    }
    return new PreparedRow(
        tree.only(ends),
        tokens,
        counts,
        kept.stream().map(places::get).toList(),
        specialTokensInText,
        cutTexts,
        thoughts);
  }

  /** Tokens of the row's prompts, each counted by itself. */
  public long presentedTokens() {
    return promptTokens.stream().mapToLong(Integer::longValue).sum();
  }

  /** Tokens that the read-outs look at, each counted by itself. */
  public long seenTokens() {
    int[] depths = new int[tree.parents().length];
    for (int s = 0; s < depths.length; s++) {
      int parent = tree.parents()[s];
      depths[s] = (parent < 0 ? 0 : depths[parent]) + tree.segments().get(s).length;
    }
    return Arrays.stream(tree.ends()).mapToLong(end -> depths[end]).sum();
  }

  /** Tokens that the model computes if no other row shares them. */
  public int distinctTokens() {
    return tree.tokens();
  }
}
