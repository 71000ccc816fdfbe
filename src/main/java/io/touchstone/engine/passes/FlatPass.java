package io.touchstone.engine.passes;

import io.touchstone.engine.program.PassProgram;
import io.touchstone.generation.CausalModel.Feed;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a pass, feed after feed, and what each of them looks at.
 *
 * @param ids of the tokens
 * @param positions of the tokens in their sequences
 * @param blocks of the cache that their keys and values go to
 * @param places in those blocks
 * @param pieces of prompts, of whole chunks or up to their end
 * @param steps tokens that are computed alone
 * @param asked tokens whose logits are wanted
 */
record FlatPass(
    int[] ids,
    int[] positions,
    long[] blocks,
    long[] places,
    List<Piece> pieces,
    List<Step> steps,
    List<Step> asked) {

  /**
   * Tokens of one sequence that stand side by side in the pass.
   *
   * @param row of the first
   * @param position of the first
   */
  record Piece(CachedSequence sequence, int row, int position, int tokens) {}

  /**
   * One token.
   *
   * @param row where its hidden state stands
   */
  record Step(CachedSequence sequence, int row, int position) {}

  int tokens() {
    return ids.length;
  }

  /** Whether each token is a step whose logits are wanted, in the same order. */
  boolean asksForAll() {
    return asked.size() == tokens();
  }

  /** Of feeds whose sequences have room. */
  static FlatPass of(List<Feed> feeds, int chunk) {
    int tokens = feeds.stream().mapToInt(feed -> feed.ids().length).sum();
    int[] ids = new int[tokens];
    int[] positions = new int[tokens];
    long[] blocks = new long[tokens];
    long[] places = new long[tokens];
    List<Piece> pieces = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    List<Step> asked = new ArrayList<>();
    int row = 0;
    for (Feed feed : feeds) {
      CachedSequence sequence = (CachedSequence) feed.sequence();
      int first = sequence.tokens();
      int count = feed.ids().length;
      for (int i = 0; i < count; i++) {
        ids[row + i] = feed.ids()[i];
        positions[row + i] = first + i;
        blocks[row + i] = sequence.block((first + i) / PassProgram.BLOCK);
        places[row + i] = (long) positions[row + i] % PassProgram.BLOCK;
      }
      // A chunk of one token is a step, whether it comes with the chunk before it or as a feed.
      int alone = count % chunk == 1 ? 1 : 0;
      if (count > alone) {
        pieces.add(new Piece(sequence, row, first, count - alone));
      }
      Step last = new Step(sequence, row + count - 1, first + count - 1);
      if (alone > 0) {
        steps.add(last);
      }
      if (feed.logits()) {
        asked.add(last);
      }
      row += count;
    }
    return new FlatPass(ids, positions, blocks, places, pieces, steps, asked);
  }
}
