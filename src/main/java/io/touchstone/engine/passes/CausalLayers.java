package io.touchstone.engine.passes;

import java.util.Optional;

/** The layers of a causal model, with what they remember of sequences beside the cache. */
public interface CausalLayers extends AutoCloseable {

  /**
   * Runs each layer once over a pass.
   *
   * @return last hidden states of the tokens whose logits are wanted, in their order, and maybe
   *     more behind them; empty where none are
   */
  Optional<PassRows> run(Pass pass);

  /** What the layers remember of a sequence that begins. */
  default SequenceMemory begin() {
    return SequenceMemory.NONE;
  }

  @Override
  void close();
}
