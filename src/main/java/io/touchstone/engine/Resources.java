package io.touchstone.engine;

import java.io.Serializable;

/**
 * What one replica may use of its machine; 0 leaves a choice to the machine.
 *
 * @param threads of the forward pass; 0 for one per core
 * @param memory bytes that the forward pass may take beside the Java heap and the mapped files; 0
 *     for three quarters of what the machine has beside the largest heap
 * @param loadTokens about how many tokens go through a layer together; 0 for {@value
 *     MemoryNeed#USUAL_LOAD_TOKENS}, or fewer where memory is short
 */
public record Resources(int threads, long memory, int loadTokens) implements Serializable {

  static final Resources OF_THE_MACHINE = new Resources(0, 0, 0);

  public Resources {
    if (threads < 0 || memory < 0 || loadTokens < 0) {
      throw new IllegalArgumentException(
          "resources: expected no negative number, found "
              + threads
              + " threads, "
              + memory
              + " bytes, "
              + loadTokens
              + " tokens");
    }
  }

  int threadsHere() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  long memoryHere() {
    return memory > 0 ? memory : MachineMemory.besideTheHeap() / 4 * 3;
  }
}
