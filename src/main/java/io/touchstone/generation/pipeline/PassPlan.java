package io.touchstone.generation.pipeline;

import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one pass of the model does: a token of every sample that decodes, and of the others' prompts
 * as many as are left of the pass's tokens.
 *
 * @param decoding samples that are fed the token which they took last
 * @param prompts pieces of prompts
 */
record PassPlan(List<Sample> decoding, List<Piece> prompts) {

  /** Tokens of a sample's prompt, from the number that its sequence has when the pass begins. */
  record Piece(Sample sample, Sample.Place place, int from, int end) {

    int tokens() {
      return end - from;
    }

    /** Whether it ends the prompt, so that an answer can begin. */
    boolean isLast() {
      return end == sample.prompt().length;
    }

    Piece upTo(int other) {
      return new Piece(sample, place, from, other);
    }

    private Feed feed() {
      int[] ids = Arrays.copyOfRange(sample.prompt(), from, end);
      return new Feed(place.sequence(), ids, isLast());
    }
  }

  /** For the model: steps first, then pieces. */
  List<CausalModel.Feed> feeds() {
    List<Feed> feeds = new ArrayList<>();
    for (Sample sample : decoding) {
      feeds.add(sample.step());
    }
    for (Piece piece : prompts) {
      feeds.add(piece.feed());
    }
    return feeds;
  }

  boolean isEmpty() {
    return decoding.isEmpty() && prompts.isEmpty();
  }
}
