package io.touchstone.scoring;

import io.touchstone.batch.SegmentTree;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A row as token ids.
 *
 * @param tree the row's prompts up to their read-outs: one for each conversation, or one for each
 *     conversation and principle, those of a conversation together
 * @param promptTokens for each the tokens of the whole prompt, those behind the read-out among them
 * @param specialTokensInText how many special tokens the texts of the row spell out
 * @param insideThought numbers of the prompts that end inside a thought, which an answer goes on
 *     with
 */
public record PreparedRow(
    SegmentTree tree,
    List<Integer> promptTokens,
    int specialTokensInText,
    Set<Integer> insideThought)
    implements Preparation {

  /** Of prompts that nobody answers. */
  public PreparedRow(SegmentTree tree, List<Integer> promptTokens, int specialTokensInText) {
    this(tree, promptTokens, specialTokensInText, Set.of());
  }

  public PreparedRow {
    insideThought = Set.copyOf(insideThought);
    promptTokens = List.copyOf(promptTokens);
    if (promptTokens.isEmpty() || promptTokens.size() != tree.ends().length) {
      throw new IllegalArgumentException(
          "row: expected prompts for each of its "
              + tree.ends().length
              + " conversations, found "
              + promptTokens.size());
    }
  }

  /** A row of some of its conversations, each cut where it is here: their scores are the same. */
  public PreparedRow only(List<Integer> conversations) {
    return new PreparedRow(
        tree.only(conversations),
        conversations.stream().map(promptTokens::get).toList(),
        specialTokensInText,
        IntStream.range(0, conversations.size())
            .filter(i -> insideThought.contains(conversations.get(i)))
            .boxed()
            .collect(Collectors.toSet()));
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
