package io.touchstone.reward;

import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From one model's scores to labels from 0 to 4.
 *
 * @param digest of the file that it was read from
 * @param curves by attribute
 */
public record Calibration(String digest, TreeMap<String, Curve> curves) implements Serializable {

  private static final long serialVersionUID = 1L;

  public Calibration {
    curves = new TreeMap<>(curves);
  }

  /**
   * The label of a score, rounded half to even as labels are.
   *
   * @throws IllegalArgumentException if the attribute has no curve
   */
  int label(String attribute, double score) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("reward: expected a finite number, found " + score);
    }
    @Nullable Curve curve = curves.get(attribute);
    if (curve == null) {
      throw new IllegalArgumentException(
          "calibration: expected a curve for " + attribute + ", found none");
    }
    return rounded(curve, score);
  }

  /** The label that a curve gives a score. */
  public static int rounded(Curve curve, double score) {
    return (int) Math.rint(curve.at(score));
  }

  /** Those of the attributes that have no curve. */
  public List<String> missing(List<String> attributes) {
    return attributes.stream().filter(name -> !curves.containsKey(name)).toList();
  }
}
