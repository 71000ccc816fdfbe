package io.touchstone.checkpoint.config;

import java.util.List;

/**
 * Where a layer's matrix is stored: rows of one tensor or of several, one part below the other; its
 * bias, where there is one, in the same rows.
 */
public record StoredMatrix(List<Part> parts) {

  /**
   * Rows of a tensor.
   *
   * @param name in the layer: {@code NAME.weight}, and {@code NAME.bias}
   */
  public record Part(String name, int first, int rows) {
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
}
