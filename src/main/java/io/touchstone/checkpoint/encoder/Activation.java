package io.touchstone.checkpoint.encoder;

import io.touchstone.checkpoint.config.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A function between layers, by the names that transformers 5.23.0 ({@code ACT2FN}) gives it. */
public enum Activation {
  /** By the error function. */
  GELU("gelu"),
  /** Its approximation by tanh. */
  GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_fast"),
  RELU("relu"),
  TANH("tanh");

  private final List<String> names;

  Activation(String... names) {
    this.names = List.of(names);
  }

  /** One that a configuration names; the stand-in where it names none, or one that is reported. */
  static Activation read(Fields config, String key, Activation absent) {
    if (!config.has(key)) {
      return absent;
    }
    String name = config.get(key).asText();
    Optional<Activation> named =
        Arrays.stream(values()).filter(each -> each.names.contains(name)).findFirst();
    if (named.isEmpty()) {
      config.expected(
          key,
          Arrays.stream(values())
              .flatMap(each -> each.names.stream())
              .collect(Collectors.joining(", ", "one of ", "")));
    }
    return named.orElse(absent);
  }
}
