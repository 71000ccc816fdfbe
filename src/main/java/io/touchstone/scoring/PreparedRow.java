package io.touchstone.scoring;

import io.touchstone.batch.SegmentTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A row as token ids.
 *
 * @param tree the row's prompts up to their read-outs: one for each conversation, or one for each
 *     conversation and principle, those of a conversation together. A prompt that is read at
 *     several places is there once for each of them
 * @param promptTokens for each the tokens of the whole prompt, those behind the read-out among them
 * @param places for each how many they are
 * @param specialTokensInText how many special tokens the texts of the row spell out
 */
public record PreparedRow(
    SegmentTree tree, List<Integer> promptTokens, List<Integer> places, int specialTokensInText)
    implements Preparation {

  public PreparedRow {
    promptTokens = List.copyOf(promptTokens);
    places = List.copyOf(places);
    int readOuts = places.stream().mapToInt(Integer::intValue).sum();
    if (promptTokens.isEmpty()
        || promptTokens.size() != places.size()
        || readOuts != tree.ends().length) {
      throw new IllegalArgumentException(
          "row: expected prompts for each of its "
              + tree.ends().length
              + " conversations, found "
              + promptTokens.size());
    }
  }

  /** A row whose prompts are read at one place each. */
  public PreparedRow(SegmentTree tree, List<Integer> promptTokens, int specialTokensInText) {
    this(tree, promptTokens, Collections.nCopies(promptTokens.size(), 1), specialTokensInText);
  }

  /** A row of some of its conversations, each cut where it is here: their scores are the same. */
  public PreparedRow only(List<Integer> conversations) {
    List<Integer> readOuts = new ArrayList<>();
    for (int conversation : conversations) {
      int first = places.subList(0, conversation).stream().mapToInt(Integer::intValue).sum();
      IntStream.range(first, first + places.get(conversation)).forEach(readOuts::add);
    }
    return new PreparedRow(
        tree.only(readOuts),
        conversations.stream().map(promptTokens::get).toList(),
        conversations.stream().map(places::get).toList(),
        specialTokensInText);
  }

  /** Tokens of the row's conversations, each counted by itself. */
  public long presentedTokens() {
    return promptTokens.stream().mapToLong(Integer::longValue).sum();
  }

  /** Tokens that the model computes if no other row shares them. */
  public int distinctTokens() {
    return tree.tokens();
  }
}
