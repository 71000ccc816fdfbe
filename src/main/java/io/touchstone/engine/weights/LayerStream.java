package io.touchstone.engine.weights;

import io.touchstone.engine.device.Workers;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import java.nio.MappedByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;

/** The layers' weights on their way through memory: one layer is used, the next is brought. */
public final class LayerStream implements Layers {
  private static final int EMPTY = -1;

  private final StoredWeights stored;
  private final Workers workers;
  private final LayerWeights[] buffers;
  private final int[] held = {EMPTY, EMPTY};
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          new BasicThreadFactory.Builder().namingPattern("weights-ahead").daemon(true).build());
  private List<Runnable> copies = List.of();
  private int used;

  /**
   * @param buffers makes room for the weights of a layer, whichever it is
   */
  public LayerStream(Supplier<LayerWeights> buffers, StoredWeights stored, Machine machine) {
    this.stored = stored;
    this.workers = machine.workers();
    this.buffers = new LayerWeights[] {buffers.get(), buffers.get()};
  }

  /** The next layer's pages begin to be read from disk. */
  @Override
  public LayerWeights take(int layer, int next) {
    if (held[used] != layer) {
      used = 1 - used;
      if (held[used] != layer) {
        workers.run(fill(used, layer));
        held[used] = layer;
      }
    }
    copies = held[used] == next || held[1 - used] == next ? List.of() : fill(1 - used, next);
    if (!copies.isEmpty()) {
      List<MappedByteBuffer> pages = stored.pages(next);
      reader.execute(() -> pages.forEach(MappedByteBuffer::load));
    }
    return buffers[used];
  }

  /** Brings the next layer where threads would wait for the last of the tasks. */
  @Override
  public void runBringing(int next, List<Runnable> tasks) {
    List<Runnable> all = new ArrayList<>(tasks);
    all.addAll(copies);
    workers.run(all);
    if (!copies.isEmpty()) {
      held[1 - used] = next;
      copies = List.of();
    }
  }

  private List<Runnable> fill(int buffer, int layer) {
    held[buffer] = EMPTY;
    return buffers[buffer].fill(layer);
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
