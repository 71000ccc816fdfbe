package io.touchstone.conversation;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Turns that several conversations of a row have in common, and the one that is scored: a row of n
 * scored turns costs n turns of memory, not n times n. Whoever hands the common turns in no longer
 * writes to them.
 */
public final class SharedTurns extends AbstractList<Turn> implements RandomAccess {

  private final List<Turn> common;
  private final int commonCount;
  private final Turn scored;

  private SharedTurns(List<Turn> common, int commonCount, Turn scored) {
    this.common = common;
    this.commonCount = commonCount;
    this.scored = scored;
  }

  /** The turns up to and including the one at {@code last}. */
  public static List<Turn> upTo(List<Turn> turns, int last) {
    return new SharedTurns(turns, last, turns.get(last));
  }

  /** The prompt and an assistant's answer. */
  public static List<Turn> answered(List<Turn> prompt, Turn answer) {
    return new SharedTurns(prompt, prompt.size(), answer);
  }

  @Override
  public Turn get(int index) {
    Objects.checkIndex(index, size());
    return index < commonCount ? common.get(index) : scored;
  }

  @Override
  public int size() {
    return commonCount + 1;
  }
}
