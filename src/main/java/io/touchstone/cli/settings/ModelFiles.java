package io.touchstone.cli.settings;

import io.touchstone.cli.call.NamedModel;
import io.touchstone.cli.call.Setting;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose settings a file of {@code conf/models} may have: of all jobs that are told a model. */
public final class ModelFiles {
  private ModelFiles() {}

  private static final Set<String> KEYS =
      Stream.of(
              AnnotateSettings.ALL,
              SelectSettings.ALL,
              EvaluateSettings.ALL,
              CalibrateSettings.ALL,
              GenerateSettings.ALL)
          .flatMap(List::stream)
          .map(Setting::key)
          .collect(Collectors.toUnmodifiableSet());

  /** For a job that scores. */
  public static NamedModel reward(Setting<?> setting) {
    return new NamedModel(setting, "demo-reward", KEYS);
  }

  /** For a job that generates. */
  public static NamedModel generator(Setting<?> setting) {
    return new NamedModel(setting, "demo-generator", KEYS);
  }
}
