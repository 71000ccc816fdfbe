package io.touchstone.scoring;

/**
 * What loads cost on this machine, as far as some layers tell.
 *
 * @param secondsPerLoad for bringing the weights of all layers, whatever the load
 * @param secondsPerToken for a computed token in all layers
 * @param tokens that were run
 * @param measuredLayers of {@code layers} that ran
 */
public record LoadCost(
    double secondsPerLoad, double secondsPerToken, int tokens, int measuredLayers, int layers) {

  public double seconds(double loads, double computedTokens) {
    return loads * secondsPerLoad + computedTokens * secondsPerToken;
  }
}
