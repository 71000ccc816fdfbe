package io.touchstone.engine.passes;

import java.util.Optional;

/** What layers remember of a sequence beside its keys and values. */
interface SequenceMemory {

  /** Nothing, of any sequence. */
  SequenceMemory NONE =
      new SequenceMemory() {
        @Override
        public Optional<SequenceMemory> fork(int first, int tokens) {
          return Optional.of(this);
        }

        @Override
        public void close() {
          // There is nothing to forget.
        }
      };

  /**
   * The same of the sequence's first tokens, for another one.
   *
   * @param tokens of the sequence
   * @return empty where nothing is remembered of so many
   */
  Optional<SequenceMemory> fork(int first, int tokens);

  void close();
}
