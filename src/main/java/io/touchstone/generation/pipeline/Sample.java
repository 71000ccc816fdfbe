package io.touchstone.generation.pipeline;

import io.touchstone.generation.Answer;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Sequence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a row, waiting for a place or holding one. Whoever drives a pass owns it.
 *
 * <p>Without a place it has generated nothing: one that gave its place up begins from scratch, with
 * the same draws.
 */
final class Sample {

  private final Row row;
  private final int index;
  private @Nullable Place place;
  private @Nullable Answer answer;

  /** The most tokens that it had generated at any time: those after a fresh start count once. */
  private int mostGenerated;

  /**
   * What it holds of the model's memory.
   *
   * @param open the answer as far as it goes
   */
  record Place(Sequence sequence, SequenceLedger.Lease lease, OpenAnswer open) {

    /** Tokens that the next pass adds at most one to. */
    int tokens() {
      return sequence.tokens();
    }
  }

  Sample(Row row, int index) {
    this.row = row;
    this.index = index;
  }

  Row row() {
    return row;
  }

  int index() {
    return index;
  }

  int[] prompt() {
    return row.prompt().ids();
  }

  @Nullable Place place() {
    return place;
  }

  /** Its answer so far; it has a place. */
  OpenAnswer open() {
    return Objects.requireNonNull(place).open;
  }

  void take(Place taken) {
    place = taken;
  }

  boolean isAnswered() {
    return answer != null;
  }

  @Nullable Answer answer() {
    return answer;
  }

  /** Whether all of its prompt is in the model. */
  boolean decodes() {
    return place != null && place.tokens() >= prompt().length;
  }

  /** Whether it stands in front of the model. */
  boolean waits() {
    return place == null && answer == null;
  }

  /** Tokens of its prompt that the model has. */
  int promptTokensDone() {
    return place == null ? 0 : Math.min(place.tokens(), prompt().length);
  }

  void answered(Answer given) {
    answer = given;
    release();
  }

  /** Gives its place up. */
  void release() {
    Place held = place;
    if (held != null) {
      place = null;
      held.lease.close();
      held.sequence.close();
    }
  }

  /** How many of its tokens are new to whoever counts them. */
  int takeGenerated(int generated) {
    int fresh = Math.max(0, generated - mostGenerated);
    mostGenerated += fresh;
    return fresh;
  }

  /** The token that it took last, for the model; it decodes. */
  CausalModel.Feed step() {
    Place held = Objects.requireNonNull(place);
    return new CausalModel.Feed(held.sequence, new int[] {held.open.next()}, true);
  }
}
