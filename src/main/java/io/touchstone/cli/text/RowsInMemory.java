package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.generation.GenerationMemory;

/** How many answers are under way at once, as far as the memory decides. */
record RowsInMemory(GenerationMemory memory) {
  private static final int EXAMPLE_TOKENS = 1_024;

  /** Of so many tokens each, those of prompts among them; they share nothing. */
  long alive(int tokens) {
    return Math.max(0, memory.forSequences() / Math.max(1, memory.bytes(tokens)));
  }

  /** With an example, as lengths differ. */
  String told() {
    return Text.of(
        "%,d MiB of %,d are left to answers under way: %,d of 1,024 tokens, prompts among them, at"
            + " %,d KiB each",
        memory.forSequences() >> 20,
        memory.budget() >> 20,
        alive(EXAMPLE_TOKENS),
        memory.bytes(EXAMPLE_TOKENS) >> 10);
  }
}
