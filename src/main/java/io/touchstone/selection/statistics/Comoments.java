package io.touchstone.selection.statistics;

import java.util.OptionalDouble;

/** Pearson's correlation of pairs that pass by once, however many. */
public final class Comoments {
  private long count;
  private double meanX;
  private double meanY;
  private double squaresX;
  private double squaresY;
  private double products;

  public void add(double x, double y) {
    count++;
    double stepX = x - meanX;
    double stepY = y - meanY;
    meanX += stepX / count;
    meanY += stepY / count;
    squaresX += stepX * (x - meanX);
    squaresY += stepY * (y - meanY);
    products += stepX * (y - meanY);
  }

  /** Correlation; empty where one side is constant, which leaves it undefined. */
  public OptionalDouble pearson() {
    return squaresX == 0 || squaresY == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(products / Math.sqrt(squaresX) / Math.sqrt(squaresY));
  }
}
