package io.touchstone.scoring;

import io.touchstone.batch.LoadPacker;
import java.util.List;

/**
 * A row as token ids.
 *
 * @param paths one for each conversation of the row, in its order; not empty
 * @param specialTokensInText how many special tokens the texts of the row spell out
 * @param distinctTokens that the model computes if no other row shares them
 */
public record PreparedRow(List<TokenPath> paths, int specialTokensInText, int distinctTokens)
    implements Preparation {

  public PreparedRow {
    paths = List.copyOf(paths);
  }

  public static PreparedRow of(List<TokenPath> paths, int specialTokensInText) {
    LoadPacker packer = new LoadPacker();
    paths.forEach(path -> packer.add(path.segments()));
    return new PreparedRow(paths, specialTokensInText, packer.tokens());
  }

  /** Tokens of the row's conversations, each counted by itself. */
  public long presentedTokens() {
    return paths.stream().mapToLong(TokenPath::promptTokens).sum();
  }
}
