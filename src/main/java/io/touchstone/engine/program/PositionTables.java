package io.touchstone.engine.program;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.batch.PackedLoad;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.SlidingWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What follows from positions alone, for rows as long as there were any. */
public final class PositionTables {
  private static final int AT_FIRST = 1_024;

  private final DecoderConfig config;
  private final Machine machine;
  private final int maskRows;
  private PtNDArray angles;

  /** Those of layers with a window; the same where they turn as others do. */
  private PtNDArray slidingAngles;

  private PtNDArray mask;
  private Optional<PtNDArray> windowMask = Optional.empty();

  /**
   * @param maskRows queries of one path that look for keys together
   */
  public PositionTables(DecoderConfig config, Machine machine, int maskRows) {
    this.config = config;
    this.machine = machine;
    this.maskRows = maskRows;
    this.angles = anglesFor(machine.device(), config.rotary().full(), AT_FIRST, 0);
    this.slidingAngles = slidingAnglesFor(AT_FIRST);
    this.mask = maskFor(AT_FIRST);
  }

  /**
   * Angles of a load's tokens, and the rows of them that each token has.
   *
   * @param rows of the table, for each of the load's tokens and of those that fill it up
   */
  public record Angles(PtNDArray table, int[] rows) {}

  /** The angles of rows that have the usual table. */
  public PtNDArray angles() {
    return angles;
  }

  /**
   * @param tokens of the load, and those that fill it up
   * @param owner of the table, where rows of the load have another one than usual
   */
  public Angles angles(PackedLoad load, int tokens, PtNDManager owner) {
    int[] rows = Arrays.copyOf(load.positions(), tokens);
    if (Arrays.stream(load.stretches()).allMatch(stretch -> stretch == 0)) {
      return new Angles(angles, rows);
    }
    // The longest row of each stretch.
    SortedMap<Integer, Integer> lengths = new TreeMap<>();
    for (int s = 0; s < load.segments(); s++) {
      lengths.merge(load.stretches()[s], rows[load.starts()[s + 1] - 1] + 1, Math::max);
    }
    Map<Integer, Integer> firsts = new HashMap<>();
    List<PtNDArray> tables = new ArrayList<>();
    int first = 0;
    for (Map.Entry<Integer, Integer> stretch : lengths.entrySet()) {
      PtNDArray table =
          anglesFor(owner, config.rotary().full(), stretch.getValue(), stretch.getKey());
      firsts.put(stretch.getKey(), first);
      tables.add(table);
      first += Math.toIntExact(table.getShape().get(0));
    }
    for (int s = 0; s < load.segments(); s++) {
      int from = firsts.getOrDefault(load.stretches()[s], 0);
      for (int t = load.starts()[s]; t < load.starts()[s + 1]; t++) {
        rows[t] += from;
      }
    }
    return new Angles(machine.program().joined(owner, tables), rows);
  }

  /**
   * What a layer makes of positions. Where no row is longer than its window it is as if there was
   * none.
   *
   * @param longest tokens of the load's longest row
   * @param usual angles of layers that see all tokens before one
   */
  public Decoder.Sight sight(int layer, int longest, PtNDArray usual) {
    SlidingWindow window = config.window();
    boolean slides = window.layers().contains(layer);
    PtNDArray turns = slides && config.rotary().differ() ? slidingAngles : usual;
    return window.narrows(longest) && slides
        ? new Decoder.Sight(windowMask(window.tokens()), window.tokens(), turns)
        : new Decoder.Sight(mask, 0, turns);
  }

  private PtNDArray slidingAnglesFor(int positions) {
    return config.rotary().differ()
        ? anglesFor(machine.device(), config.rotary().sliding(), positions, 0)
        : angles;
  }

  /** Makes the tables as long as a row needs them. */
  public void grow(int positions) {
    if (angles.getShape().get(0) < positions) {
      angles.close();
      if (config.rotary().differ()) {
        slidingAngles.close();
      }
      angles = anglesFor(machine.device(), config.rotary().full(), positions, 0);
      slidingAngles = slidingAnglesFor(positions);
    }
    if (mask.getShape().get(1) - mask.getShape().get(0) < positions) {
      mask.close();
      mask = maskFor(positions);
    }
  }

  private PtNDArray maskFor(int longest) {
    return onDevice(machine.device(), host -> machine.program().mask(host, maskRows, longest));
  }

  private PtNDArray windowMask(int window) {
    if (windowMask.isEmpty()) {
      windowMask =
          Optional.of(
              onDevice(
                  machine.device(), host -> machine.program().windowMask(host, maskRows, window)));
    }
    return windowMask.get();
  }

  private PtNDArray anglesFor(PtNDManager owner, Rotary rotary, int positions, int stretch) {
    int turned = config.rotary().dims();
    return onDevice(
        owner,
        host ->
            machine.program().rotary(host, positions, config.headDim(), turned, rotary, stretch));
  }

  /** A table that the program makes on the host. */
  private PtNDArray onDevice(PtNDManager owner, Function<PtNDManager, PtNDArray> table) {
    return machine
        .workers()
        .call(
            () -> {
              try (PtNDManager host = machine.hostForAWhile()) {
                return machine.moved(owner, table.apply(host));
              }
            });
  }
}
