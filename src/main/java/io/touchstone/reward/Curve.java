package io.touchstone.reward;

import java.io.Serializable;
import java.util.List;

/** From the scores of one attribute to labels from 0 to 4; never falls. */
public sealed interface Curve extends Serializable {

  double LOWEST = 0;
  double HIGHEST = 4;

  /** The label of a score, not rounded. */
  double at(double score);

  /**
   * Straight between knots, level beyond the first and the last.
   *
   * @param scores rising
   * @param labels one for each score, never falling
   */
  record Knots(List<Double> scores, List<Double> labels) implements Curve {
    private static final long serialVersionUID = 1L;

    public Knots {
      scores = List.copyOf(scores);
      labels = List.copyOf(labels);
      if (scores.isEmpty() || scores.size() != labels.size()) {
        throw new IllegalArgumentException(
            "knots: expected as many scores as labels, at least one, found "
                + scores.size()
                + " and "
                + labels.size());
      }
      for (int i = 0; i < scores.size(); i++) {
        double label = labels.get(i);
        if (!Double.isFinite(scores.get(i)) || !(label >= LOWEST && label <= HIGHEST)) {
          throw new IllegalArgumentException(
              "knots: expected finite scores and labels from 0 to 4, found "
                  + scores.get(i)
                  + " and "
                  + label);
        }
        if (i > 0 && !(scores.get(i) > scores.get(i - 1) && label >= labels.get(i - 1))) {
          throw new IllegalArgumentException(
              "knots: expected rising scores and labels that never fall, found another at knot "
                  + (i + 1));
        }
      }
    }

    @Override
    public double at(double score) {
      int last = scores.size() - 1;
      if (score <= scores.get(0)) {
        return labels.get(0);
      }
      if (score >= scores.get(last)) {
        return labels.get(last);
      }
      int low = 0;
      int high = last;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (scores.get(middle) <= score) {
          low = middle;
        } else {
          high = middle;
        }
      }
      double share = (score - scores.get(low)) / (scores.get(high) - scores.get(low));
      return labels.get(low) + share * (labels.get(high) - labels.get(low));
    }
  }

  /**
   * A label more from each edge on.
   *
   * @param scores four, never falling
   */
  record Edges(List<Double> scores) implements Curve {
    private static final long serialVersionUID = 1L;

    public Edges {
      scores = List.copyOf(scores);
      if (scores.size() != (int) HIGHEST) {
        throw new IllegalArgumentException("edges: expected 4 scores, found " + scores.size());
      }
      for (int i = 0; i < scores.size(); i++) {
        if (!Double.isFinite(scores.get(i)) || (i > 0 && scores.get(i) < scores.get(i - 1))) {
          throw new IllegalArgumentException(
              "edges: expected finite scores that never fall, found another at edge " + (i + 1));
        }
      }
    }

    /** Whether some label is given to no score. */
    public boolean fallTogether() {
      return scores.stream().distinct().count() < scores.size();
    }

    @Override
    public double at(double score) {
      return scores.stream().filter(edge -> score >= edge).count();
    }
  }
}
