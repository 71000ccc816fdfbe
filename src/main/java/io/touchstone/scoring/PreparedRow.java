package io.touchstone.scoring;

import java.util.List;

/**
 * A row as token ids.
 *
 * @param prompts one for each conversation of the row, in its order; not empty
 * @param specialTokensInText how many special tokens the texts of the row spell out
 */
public record PreparedRow(List<int[]> prompts, int specialTokensInText) implements Preparation {

  public PreparedRow {
    prompts = List.copyOf(prompts);
  }

  /** Tokens of the row's conversations, each counted by itself. */
  public int presentedTokens() {
    return prompts.stream().mapToInt(ids -> ids.length).sum();
  }
}
