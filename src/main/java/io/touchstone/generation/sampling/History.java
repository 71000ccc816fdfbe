package io.touchstone.generation.sampling;

import java.util.Arrays;
import java.util.List;

/** The tokens of a prompt and of its answer so far. */
final class History {
  private final int promptLength;
  private int[] ids;
  private int length;

  History(int[] promptIds) {
    ids = promptIds.clone();
    length = ids.length;
    promptLength = length;
  }

  void add(int id) {
    if (length == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(16, 2 * length));
    }
    ids[length++] = id;
  }

  int length() {
    return length;
  }

  int promptLength() {
    return promptLength;
  }

  /** How many tokens the answer has. */
  int generated() {
    return length - promptLength;
  }

  int id(int position) {
    return ids[position];
  }

  /** Whether the last tokens are all but the last one of a sequence. */
  boolean leadsTo(List<Integer> sequence) {
    int head = sequence.size() - 1;
    if (head > length) {
      return false;
    }
    for (int i = 0; i < head; i++) {
      if (ids[length - head + i] != sequence.get(i)) {
        return false;
      }
    }
    return true;
  }
}
