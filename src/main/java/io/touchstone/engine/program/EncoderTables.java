package io.touchstone.engine.program;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.Sight;
import java.util.function.Function;

/** What follows from an encoder's positions alone, for rows as long as there were any. */
public final class EncoderTables {
  private final EncoderConfig config;
  private final Machine machine;
  private final PtNDArray none;
  private final PtNDArray band;
  private PtNDArray full;
  private PtNDArray sliding;
  private PtNDArray distances;
  private int longest;

  public EncoderTables(EncoderConfig config, Machine machine) {
    this.config = config;
    this.machine = machine;
    this.none = machine.anchor();
    this.full = none;
    this.sliding = none;
    this.distances = none;
    this.band =
        config.sight() instanceof Sight.Turned turned
            ? onDevice(host -> machine.program().encoder().band(host, turned.reach()))
            : none;
  }

  /**
   * Makes the tables as long as a row needs them.
   *
   * @param tokens of the longest row
   */
  public void grow(int tokens) {
    if (tokens <= longest) {
      return;
    }
    longest = tokens;
    if (config.sight() instanceof Sight.Turned turned) {
      full = replaced(full, angles(tokens, turned.fullTheta()));
      sliding = replaced(sliding, angles(tokens, turned.slidingTheta()));
    } else if (config.sight() instanceof Sight.Distances by) {
      distances =
          replaced(
              distances,
              onDevice(
                  host ->
                      machine
                          .program()
                          .encoder()
                          .distanceRows(host, tokens, by.buckets(), by.most(), by.span())));
    }
  }

  /** Angles by position in a layer; empty where nothing is turned. */
  public PtNDArray angles(int layer) {
    return slides(layer) ? sliding : full;
  }

  /** What queries of a layer may see, where it slides. */
  public PtNDArray band(int layer) {
    return slides(layer) ? band : none;
  }

  /** Rows of the embedding by distance; empty where there is none. */
  public PtNDArray distances() {
    return distances;
  }

  private boolean slides(int layer) {
    return config.sight() instanceof Sight.Turned turned && turned.reachOf(layer) > 0;
  }

  private PtNDArray replaced(PtNDArray old, PtNDArray fresh) {
    if (old != none) {
      old.close();
    }
    return fresh;
  }

  private PtNDArray angles(int positions, double theta) {
    return onDevice(
        host ->
            machine
                .program()
                .rotary(
                    host,
                    positions,
                    config.headDim(),
                    config.headDim(),
                    new Rotary.Default(theta),
                    0));
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
