package io.touchstone.checkpoint.encoder;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a token's first state is the sum of, besides its own embedding; a norm follows.
 *
 * @param words the table of a row per token id
 * @param positions the table of a row per position; empty where positions enter elsewhere
 * @param types the table of a row per text of a pair; empty without one
 * @param norm the norm's name, without {@code .weight}
 */
public record Embedding(
    String words, Optional<Positions> positions, Optional<Types> types, String norm) {

  /**
   * Learned positions.
   *
   * @param rows of the table
   * @param first position of a row's first token
   * @param skipped the token that stands at no position but at its own id's row, as RoBERTa's pad
   *     token does; empty for none
   */
  public record Positions(String table, int rows, int first, OptionalInt skipped) {

    /** The most tokens of a row. */
    public int mostTokens() {
      return rows - first;
    }
  }

  /**
   * @param rows of the table
   */
  public record Types(String table, int rows) {}
}
