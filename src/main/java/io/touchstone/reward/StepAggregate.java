package io.touchstone.reward;

/** What the rewards of an answer's steps come to. */
public enum StepAggregate {
  /** The least of them: an answer is as good as its worst step. */
  MIN {
    @Override
    double of(float[] steps) {
      double least = steps[0];
      for (float step : steps) {
        least = Math.min(least, step);
      }
      return least;
    }
  },
  MEAN {
    @Override
    double of(float[] steps) {
      double sum = 0;
      for (float step : steps) {
        sum += step;
      }
      return sum / steps.length;
    }
  },
  LAST {
    @Override
    double of(float[] steps) {
      return steps[steps.length - 1];
    }
  },
  /** All of them multiplied: the probability that none is wrong, if they were independent. */
  PRODUCT {
    @Override
    double of(float[] steps) {
      double product = 1;
      for (float step : steps) {
        product *= step;
      }
      return product;
    }
  };

  /**
   * @param steps at least one
   */
  abstract double of(float[] steps);
}
