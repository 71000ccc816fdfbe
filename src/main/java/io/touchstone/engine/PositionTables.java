package io.touchstone.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.SlidingWindow;
import java.util.Optional;
import java.util.function.Function;

/** What follows from positions alone, for rows as long as there were any. */
final class PositionTables {
  private static final int AT_FIRST = 1_024;

  private final DecoderConfig config;
  private final Machine machine;
  private final int maskRows;
  private PtNDArray angles;
  private PtNDArray mask;
  private Optional<PtNDArray> windowMask = Optional.empty();

  /**
   * @param maskRows queries of one path that look for keys together
   */
  PositionTables(DecoderConfig config, Machine machine, int maskRows) {
    this.config = config;
    this.machine = machine;
    this.maskRows = maskRows;
    this.angles = anglesFor(AT_FIRST);
    this.mask = maskFor(AT_FIRST);
  }

  PtNDArray angles() {
    return angles;
  }

  /**
   * Which keys queries look at. Where no row is longer than the layer's window it is as if there
   * was none.
   *
   * @param longest tokens of the load's longest row
   */
  Decoder.Sight sight(int layer, int longest) {
    SlidingWindow window = config.window();
    return window.narrows(longest) && window.layers().contains(layer)
        ? new Decoder.Sight(windowMask(window.tokens()), window.tokens())
        : new Decoder.Sight(mask, 0);
  }

  /** Makes the tables as long as a row needs them. */
  void grow(int positions) {
    if (angles.getShape().get(0) < positions) {
      angles.close();
      angles = anglesFor(positions);
    }
    if (mask.getShape().get(1) - mask.getShape().get(0) < positions) {
      mask.close();
      mask = maskFor(positions);
    }
  }

  private PtNDArray maskFor(int longest) {
    return onDevice(host -> machine.program().mask(host, maskRows, longest));
  }

  private PtNDArray windowMask(int window) {
    if (windowMask.isEmpty()) {
      windowMask =
          Optional.of(onDevice(host -> machine.program().windowMask(host, maskRows, window)));
    }
    return windowMask.get();
  }

  private PtNDArray anglesFor(int positions) {
    return onDevice(
        host -> machine.program().rotary(host, positions, config.headDim(), config.rotary()));
  }

  /** A table that the program makes on the host. */
  private PtNDArray onDevice(Function<PtNDManager, PtNDArray> table) {
    return machine
        .workers()
        .call(
            () -> {
              try (PtNDManager host = machine.hostForAWhile()) {
                return machine.moved(machine.device(), table.apply(host));
              }
            });
  }
}
