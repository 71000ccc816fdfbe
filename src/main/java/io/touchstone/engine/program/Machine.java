package io.touchstone.engine.program;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.engine.device.Kernels;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.device.Workers;
import io.touchstone.scoring.ScorerException;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a model runs on: the program, the threads that call it and the device that computes. Stored
 * weights, and what is made of plain numbers, begin on the host.
 */
public final class Machine implements AutoCloseable {
  private final Processor processor;
  private final Workers workers;
  private final Decoder program;
  private final PtNDManager device;

  /** Known once it was asked for. */
  private @Nullable Boolean attendsFlat;

  /** Empty, and on the device: others are brought beside it. */
  private final PtNDArray anchor;

  /**
   * @throws ScorerException if the device is not there
   */
  public Machine(Processor processor, Resources resources) {
    this(processor, resources, new Decoder(processor));
  }

  /**
   * @param program closed with the machine
   */
  Machine(Processor processor, Resources resources, Decoder program) {
    this.processor = processor;
    this.program = program;
    this.workers = new Workers(resources.threads());
    this.device = (PtNDManager) program.manager().newSubManager(processor.device());
    try {
      this.anchor = (PtNDArray) device.zeros(new Shape(0), DataType.FLOAT32);
    } catch (EngineException e) {
      close();
      throw new ScorerException(
          "["
              + processor.place()
              + "] expected a device that computes, found: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing"),
          e);
    }
  }

  public Processor processor() {
    return processor;
  }

  public Workers workers() {
    return workers;
  }

  public Decoder program() {
    return program;
  }

  /** Owns what is on the device as long as the model. */
  public PtNDManager device() {
    return device;
  }

  /** Owns what is on the device for a while. */
  public PtNDManager deviceForAWhile(PtNDManager parent) {
    return (PtNDManager) parent.newSubManager(processor.device());
  }

  /** Owns what is on the host for a while. */
  public PtNDManager hostForAWhile() {
    return (PtNDManager) program.manager().newSubManager(Device.cpu());
  }

  public PtNDArray anchor() {
    return anchor;
  }

  /** A tensor of the host, on the device. */
  public PtNDArray moved(PtNDManager owner, PtNDArray host) {
    return program.beside(owner, host, anchor);
  }

  /**
   * Zeros on the device.
   *
   * @param type by its number in TorchScript
   */
  public PtNDArray buffer(PtNDManager owner, int type, long... sizes) {
    return program.buffer(owner, sizes, type, anchor);
  }

  /**
   * Memory on the device that holds nothing yet, and takes none until it is written.
   *
   * @param type by its number in TorchScript
   */
  public PtNDArray reserved(PtNDManager owner, int type, long... sizes) {
    return program.passes().reserved(owner, sizes, type, anchor);
  }

  /** Whole numbers, on the device. */
  public PtNDArray numbers(PtNDManager owner, long... values) {
    try (PtNDManager host = hostForAWhile()) {
      return moved(owner, hostNumbers(host, values));
    }
  }

  /** Whole numbers, on the host. */
  public PtNDArray hostNumbers(PtNDManager host, long... values) {
    // What DJL makes of a buffer is that buffer's memory, which goes with the manager.
    return (PtNDArray)
        host.create(LongBuffer.wrap(values), new Shape(values.length), DataType.INT64).duplicate();
  }

  /**
   * Whether the device has a kernel for attention of many paths at once, for heads and a type of
   * factors as the model's.
   */
  public boolean attendsFlat(LayerShape shape) {
    if (attendsFlat == null) {
      attendsFlat = processor.kernels() == Kernels.CUDA && !shape.capsScores() && triesFlat(shape);
    }
    return attendsFlat;
  }

  /** By a call: what is taken differs from device to device. */
  private boolean triesFlat(LayerShape shape) {
    try (PtNDManager own = deviceForAWhile(device)) {
      return program.tryFlat(own, shape.headDim(), processor.tableType(), anchor).toFloatArray()[0]
          == 1;
    } catch (EngineException e) {
      return false;
    }
  }

  /** A layer's table of the keys and values of a load, as the program lays it out. */
  public PtNDArray keysValues(PtNDManager owner, LayerShape shape, int tokens) {
    return buffer(owner, processor.tableType(), 2L * shape.kvHeads(), tokens, shape.wideHead());
  }

  /** Returns when the device has done what it was told: a GPU is behind who tells it. */
  public void await(PtNDArray written) {
    if (processor.device().isGpu()) {
      try (PtNDManager own = deviceForAWhile(device)) {
        program.first(own, written).toFloatArray();
      }
    }
  }

  @Override
  public void close() {
    workers.close();
    program.close();
  }
}
