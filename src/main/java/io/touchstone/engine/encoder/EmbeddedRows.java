package io.touchstone.engine.encoder;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.encoder.Embedding;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.Sight;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.program.Encoder;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.weights.StoredWeights;
import java.util.List;
import java.util.Optional;

/** The first states of a load's tokens, and the embedding of distances. */
final class EmbeddedRows {
  private final EncoderConfig config;
  private final Machine machine;
  private final PtNDArray[] stored;
  private final PtNDArray[] norm;
  private final PtNDArray distances;

  EmbeddedRows(EncoderConfig config, StoredWeights weights, KeptTensors kept, Machine machine) {
    this.config = config;
    this.machine = machine;
    Embedding embedding = config.embedding();
    this.stored =
        new PtNDArray[] {
          weights.tensor(embedding.words()),
          embedding
              .positions()
              .map(table -> weights.tensor(table.table()))
              .orElse(machine.anchor()),
          embedding.types().map(table -> weights.tensor(table.table())).orElse(machine.anchor())
        };
    this.norm = kept.norm(Optional.of(embedding.norm()), config);
    this.distances = embeddedDistances(kept);
  }

  private PtNDArray embeddedDistances(KeptTensors kept) {
    if (!(config.sight() instanceof Sight.Distances by)) {
      return machine.anchor();
    }
    PtNDArray rows = kept.of(Optional.of(config.distances()));
    if (!by.normed()) {
      return rows;
    }
    PtNDArray[] own = kept.norm(Optional.of(config.distancesNorm()), config);
    return machine
        .workers()
        .call(
            () ->
                machine
                    .program()
                    .encoder()
                    .normed(machine.device(), rows, own[0], own[1], config.eps()));
  }

  /** The embedding of distances, in fp32; empty where they have none. */
  PtNDArray distances() {
    return distances;
  }

  /**
   * @param tokens of the load, and those that fill it up
   */
  Encoder.Load of(PackedLoad load, int tokens, List<RowBatch> batches, PtNDManager owner) {
    long[] ids = new long[tokens];
    long[] places = new long[tokens];
    long[] positions = new long[tokens];
    long[] types = new long[tokens];
    for (int s = 0; s < load.segments(); s++) {
      int next = config.embedding().positions().map(Embedding.Positions::first).orElse(0);
      int skipped =
          config.embedding().positions().map(table -> table.skipped().orElse(-1)).orElse(-1);
      // Of a pair the stretch is how many tokens are the first text's; 0 where that is not told.
      int firstText = load.stretches()[s];
      int start = load.starts()[s];
      for (int t = start; t < load.starts()[s + 1]; t++) {
        ids[t] = load.ids()[t];
        places[t] = (long) t - start;
        positions[t] = ids[t] == skipped ? skipped : next++;
        types[t] = firstText > 0 && t - start >= firstText ? 1 : 0;
      }
    }
    PtNDArray hidden =
        machine.buffer(owner, Precision.FP32.torchType(), tokens, config.hiddenSize());
    try (PtNDManager host = machine.hostForAWhile()) {
      PtNDArray[] numbers = {
        machine.hostNumbers(host, ids),
        machine.hostNumbers(host, positions),
        machine.hostNumbers(host, types)
      };
      machine
          .workers()
          .run(
              EncoderForwardPass.tasks(
                  batches,
                  batch ->
                      machine
                          .program()
                          .encoder()
                          .embed(hidden, batch.tokens(), numbers, stored, norm, config.eps())));
    }
    return new Encoder.Load(hidden, machine.numbers(owner, places));
  }
}
