package io.touchstone.checkpoint.config;

import java.util.List;

/**
 * Where a layer's matrix is stored: rows of one tensor or of several, one part below the other; its
 * bias, where there is one, in the same rows.
 */
public record StoredMatrix(List<Part> parts) {

  /** Which way a tensor holds a matrix. */
  public enum Order {
    /** [outputs, inputs], as {@code torch.nn.Linear} does. */
    ROWS,
    /** [inputs, outputs]. */
    COLUMNS
  }

  /**
   * Rows of a tensor, or columns that are the matrix' rows.
   *
   * @param name in the layer: {@code NAME.weight}, and {@code NAME.bias}
   */
  public record Part(String name, int first, int rows, Order order) {
    public Part(String name, int first, int rows) {
      this(name, first, rows, Order.ROWS);
    }

    public String weight() {
      return name + ".weight";
    }

    public String bias() {
      return name + ".bias";
    }

    /** One past the last row. */
    public int end() {
      return first + rows;
    }
  }

  public StoredMatrix {
    parts = List.copyOf(parts);
  }

  /** A tensor of its own. */
  public static StoredMatrix whole(String name, int rows) {
    return rows(name, 0, rows);
  }

  /** Rows of a tensor that holds other matrices too. */
  public static StoredMatrix rows(String name, int first, int rows) {
    return new StoredMatrix(List.of(new Part(name, first, rows)));
  }

  /** Columns of a tensor, as rows. */
  public static StoredMatrix columns(String name, int first, int count) {
    return new StoredMatrix(List.of(new Part(name, first, count, Order.COLUMNS)));
  }
}
