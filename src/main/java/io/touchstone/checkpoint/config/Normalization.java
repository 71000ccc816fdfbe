package io.touchstone.checkpoint.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The mean and standard deviation of a model's rewards, as OpenRLHF writes them into {@code
 * config.json}; there {@code (reward - mean) / std} is given to whoever asks for it.
 */
public record Normalization(double mean, double std) {

  /** Empty where they are not both there as numbers that can be used. */
  static Optional<Normalization> read(Fields config) {
    JsonNode mean = config.get("mean");
    JsonNode std = config.get("std");
    boolean usable =
        mean.isNumber()
            && std.isNumber()
            && Double.isFinite(mean.doubleValue())
            && std.doubleValue() > 0
            && Double.isFinite(std.doubleValue());
    return usable
        ? Optional.of(new Normalization(mean.doubleValue(), std.doubleValue()))
        : Optional.empty();
  }
}
