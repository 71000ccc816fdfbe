package io.touchstone.engine.program;

import io.touchstone.batch.Rows;
import io.touchstone.engine.device.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How a matrix product becomes tasks: parts of its rows where there are many, else parts of its
 * columns too, so that each thread has some.
 *
 * <p>Columns are cut into tiles whose borders follow from the matrix alone, and a tile is always
 * one product: how tiles are shared changes no bit.
 *
 * @param threads that compute
 * @param usualRows of a part
 */
public record ProductGrid(int threads, int usualRows) {
  /** Narrower tiles would be slower than what more threads could win. */
  private static final int NARROWEST = 128;

  private static final int MOST_TILES = 32;

  /** A vector of AVX-512: tiles end where one ends. */
  private static final int VECTOR = 16;

  public static ProductGrid of(Machine machine) {
    return new ProductGrid(
        machine.workers().threads(), machine.processor().kernels().microBatchTokens());
  }

  /** Tiles of a matrix with so many columns. */
  public static List<Rows> columns(int columns) {
    int most = Integer.highestOneBit(Math.max(1, columns / NARROWEST));
    int even = columns / Math.min(MOST_TILES, most);
    return tiles(0, columns, (even + VECTOR - 1) / VECTOR * VECTOR);
  }

  /** Tiles of one width; the last may be narrower. */
  public static List<Rows> tiles(int from, int to, int width) {
    List<Rows> tiles = new ArrayList<>();
    for (int first = from; first < to; first += width) {
      tiles.add(new Rows(first, Math.min(first + width, to)));
    }
    return tiles;
  }

  /** First and end of each, as the program takes them. */
  public static long[] numbers(List<Rows> tiles) {
    return tiles.stream().flatMapToLong(tile -> LongStream.of(tile.first(), tile.end())).toArray();
  }

  /**
   * Parts of rows, none under {@link Kernels#LEAST_ROWS}.
   *
   * @param rows at least as many
   */
  public List<Rows> rowParts(int rows) {
    int usual = (rows + usualRows - 1) / usualRows;
    int even = (usual + threads - 1) / threads * threads;
    int parts = Math.max(1, Math.min(even, rows / (2 * Kernels.LEAST_ROWS)));
    return Rows.cut(rows, (rows + parts - 1) / parts);
  }

  /** The tiles in groups, one for each task that a part of the rows becomes. */
  public List<List<Rows>> groups(int rowParts, List<Rows> tiles) {
    int groups = Math.min(tiles.size(), (threads + rowParts - 1) / rowParts);
    return Rows.cut(tiles.size(), (tiles.size() + groups - 1) / groups).stream()
        .map(group -> tiles.subList(group.first(), group.end()))
        .toList();
  }
}
