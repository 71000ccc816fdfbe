package io.touchstone.checkpoint.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A linear layer of a head: {@code NAME.weight}, [outputs, inputs], and {@code NAME.bias},
 * [outputs].
 *
 * @param names that it may have, the usual one first; a folder stores it under one of them
 */
public record HeadLayer(List<String> names, int outputs, Bias bias) {

  /** Whether a bias is added. */
  public enum Bias {
    NONE,
    /** Where one is stored. */
    IF_STORED,
    ALWAYS
  }

  public HeadLayer {
    names = List.copyOf(names);
  }

  static HeadLayer of(String name, int outputs, Bias bias) {
    return new HeadLayer(List.of(name), outputs, bias);
  }

  /** Its matrix, under the name that is stored. */
  public String weight(Set<String> stored) {
    return name(stored) + ".weight";
  }

  /** Its bias, if it adds one. */
  public Optional<String> bias(Set<String> stored) {
    String tensor = name(stored) + ".bias";
    return switch (bias) {
      case NONE -> Optional.empty();
      case IF_STORED -> Optional.of(tensor).filter(stored::contains);
      case ALWAYS -> Optional.of(tensor);
    };
  }

  private String name(Set<String> stored) {
    return names.stream()
        .filter(name -> stored.contains(name + ".weight"))
        .findFirst()
        .orElse(names.get(0));
  }
}
