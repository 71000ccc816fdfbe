package io.touchstone.checkpoint.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Matrices that are stored as FP8 numbers (E4M3), to be multiplied by scales that are stored beside
 * them. Only weights are read so: how activations would be quantised is not looked at.
 *
 * @param method as {@code quant_method} names it
 * @param scaleSuffix what a scale's name has behind its matrix's
 * @param extent of what one scale is for
 * @param kept modules that the configuration says are not quantised
 */
public record Fp8(String method, String scaleSuffix, Extent extent, List<String> kept) {
  /** Behind the names of tensors for activations, keys and values, which are not quantised here. */
  private static final List<String> OTHERS =
      List.of("input_scale", "output_scale", "activation_scale", "k_scale", "v_scale", "q_scale");

  private static final String WEIGHT = ".weight";

  /**
   * Rows and columns of a matrix that have one scale.
   *
   * @param rows 0 for all
   * @param columns 0 for all
   */
  public record Extent(int rows, int columns) {
    static final Extent TENSOR = new Extent(0, 0);
    static final Extent CHANNEL = new Extent(1, 0);

    /** Scales of a matrix, one row after the other. */
    public List<Long> scales(List<Long> matrix) {
      return List.of(parts(matrix.get(0), rows), parts(matrix.get(1), columns));
    }

    private static long parts(long size, int each) {
      return each == 0 ? 1 : (size + each - 1) / each;
    }
  }

  public Fp8 {
    kept = List.copyOf(kept);
  }

  /** The name of a matrix's scales. */
  public String scale(String matrix) {
    return matrix + scaleSuffix;
  }

  /** The matrix whose scales have such a name. */
  public Optional<String> ofScale(String name) {
    return name.endsWith(WEIGHT + scaleSuffix)
        ? Optional.of(name.substring(0, name.length() - scaleSuffix.length()))
        : Optional.empty();
  }

  /** Shapes that a matrix's scales may have: what has one number may be a vector, or no list. */
  public List<List<Long>> scaleShapes(List<Long> matrix) {
    List<Long> grid = extent.scales(matrix);
    List<List<Long>> shapes = new ArrayList<>(List.of(grid));
    if (grid.get(1) == 1) {
      shapes.add(grid.subList(0, 1));
      if (grid.get(0) == 1) {
        shapes.add(List.of());
      }
    }
    return shapes;
  }

  /** Whether the configuration says that a matrix is not quantised. */
  public boolean keeps(String matrix) {
    String module = matrix.substring(0, matrix.length() - WEIGHT.length());
    return kept.stream().anyMatch(name -> module.equals(name) || module.startsWith(name + "."));
  }

  /** Whether a tensor is of what is not quantised here. */
  public static boolean isOfActivations(String name) {
    return OTHERS.stream().anyMatch(suffix -> name.endsWith("." + suffix));
  }
}
