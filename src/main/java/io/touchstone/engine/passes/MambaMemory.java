package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.config.HybridLayers;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Hybrid;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.MambaShape;
import java.util.Optional;

/**
 * What Mamba layers remember of a sequence: for each of them a state, and the last tokens that a
 * convolution sees. It is that of all its tokens: there is no way back to fewer.
 */
public final class MambaMemory implements SequenceMemory {
  private static final int FP32 = Precision.FP32.torchType();

  private final Machine machine;
  private final MambaShape shape;
  private final PtNDManager owner;
  private final PtNDArray states;
  private final PtNDArray windows;
  private final Hybrid.Memory[] layers;

  /** Whether the next token is one that was generated, and none of its prompt. */
  private boolean answers;

  private MambaMemory(
      Machine machine, MambaShape shape, PtNDManager owner, PtNDArray states, PtNDArray windows) {
    this.machine = machine;
    this.shape = shape;
    this.owner = owner;
    this.states = states;
    this.windows = windows;
    HybridLayers.Mamba mamba = shape.mamba();
    long[] state = {mamba.groups(), mamba.state(), shape.innerOfGroup()};
    long[] window = {shape.before(), mamba.groups(), shape.convolvedOfGroup()};
    this.layers = new Hybrid.Memory[(int) states.getShape().get(0)];
    for (int l = 0; l < layers.length; l++) {
      layers[l] =
          new Hybrid.Memory(
              part(states, l * shape.stateNumbers(), state),
              part(windows, l * shape.windowNumbers(), window));
    }
  }

  private PtNDArray part(PtNDArray all, long first, long... sizes) {
    return machine.program().hybrid().part(owner, flat(all), first, sizes);
  }

  private PtNDArray flat(PtNDArray all) {
    return machine.program().hybrid().part(owner, all, 0, all.size());
  }

  /**
   * Of no tokens.
   *
   * @param layers that are Mamba
   */
  static MambaMemory empty(Machine machine, MambaShape shape, int layers) {
    PtNDManager owner = machine.deviceForAWhile(machine.device());
    return new MambaMemory(
        machine,
        shape,
        owner,
        machine.buffer(owner, FP32, layers, shape.stateNumbers()),
        machine.buffer(owner, FP32, layers, shape.windowNumbers()));
  }

  /** Bytes of a sequence. */
  public static long bytes(MambaShape shape, int layers) {
    return Float.BYTES * layers * (shape.stateNumbers() + shape.windowNumbers());
  }

  @Override
  public Optional<SequenceMemory> fork(int first, int tokens) {
    if (first == 0) {
      return Optional.of(empty(machine, shape, layers.length));
    }
    if (first < tokens) {
      return Optional.empty();
    }
    Hybrid program = machine.program().hybrid();
    PtNDManager own = machine.deviceForAWhile(machine.device());
    MambaMemory copy =
        new MambaMemory(
            machine, shape, own, program.copied(own, states), program.copied(own, windows));
    copy.answers = answers;
    return Optional.of(copy);
  }

  /** That of the n-th layer that is Mamba. */
  Hybrid.Memory layer(int n) {
    return layers[n];
  }

  boolean answers() {
    return answers;
  }

  /**
   * @param asked whether the logits of its last token were wanted: what comes next is its answer
   */
  void appended(boolean asked) {
    answers = asked;
  }

  @Override
  public void close() {
    owner.close();
  }
}
