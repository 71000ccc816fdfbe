package io.touchstone.cli.call;

import io.touchstone.files.PathCredentials;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which value of a setting holds: the flag's, else that of the last {@code --conf} file that has
 * one, else the recipe's, else that of {@code conf/models/NAME.conf}, else that of {@code
 * conf/JOB.conf}, else the built-in default.
 */
public final class Precedence {
  static final String SPARK = "spark.";

  /** What keys of generation begin with, which a recipe's file may have. */
  public static final String GENERATION = "generation.";

  static final String CONF = "--conf";
  private static final String BUILT_IN = "default";

  private final JobSpec job;
  private final Installation installation;
  private final Problems problems;
  private final Secrets secrets;

  /**
   * @param secrets learns those of the files
   */
  public Precedence(JobSpec job, Installation installation, Problems problems, Secrets secrets) {
    this.job = job;
    this.installation = installation;
    this.problems = problems;
    this.secrets = secrets;
  }

  /**
   * The settings in force. Problems of all places are added, also of values that others overrule.
   */
  public Settings resolve(JobCall call) {
    List<Layer> layers = new ArrayList<>();
    layers.add(call.settings());
    for (String file : call.confFiles()) {
      if (PathCredentials.areIn(file)) {
        problems.add(CONF + ": " + PathCredentials.problem(file));
      } else {
        layers.add(1, ConfFile.read(Path.of(file), file, problems));
      }
    }
    installed(job.name() + ".conf").ifPresent(layers::add);
    Optional<Layer> ofModel =
        job.model()
            .map(named -> installation.model(choose(named.setting(), layers).text(), named))
            .flatMap(folder -> installed("models/" + Installation.nameOf(folder) + ".conf"))
            .map(this::ofThisJob);
    int above = 1 + call.confFiles().size();
    ofModel.ifPresent(layer -> layers.add(above, layer));
    job.recipe()
        .flatMap(file -> choose(file, layers).value())
        .ifPresent(file -> layers.add(above, ofRecipe(file)));

    layers.forEach(
        layer -> layer.entries().forEach((key, entry) -> secrets.learn(words(key, entry.text()))));
    layers.forEach(this::check);
    Map<Setting<?>, Settings.Chosen<?>> chosen = new LinkedHashMap<>();
    for (Setting<?> setting : job.settings()) {
      chosen.put(setting, choose(setting, layers));
    }
    return new Settings(
        chosen,
        first(layers, key -> key.startsWith(SPARK)),
        first(layers, job::isOfAStage),
        ofModel.isPresent());
  }

  /** The program's own settings hold no secret behind a key such as {@code model.reward-token}. */
  private static List<String> words(String key, String text) {
    return key.startsWith(SPARK) ? List.of(key + "=" + text, text) : List.of(text);
  }

  private Optional<Layer> installed(String name) {
    return installation.conf(name).map(file -> ConfFile.read(file, "conf/" + name, problems));
  }

  /** A model's file serves all jobs that take the model. */
  private Layer ofThisJob(Layer layer) {
    Set<String> others = job.model().map(NamedModel::keysOfOthers).orElse(Set.of());
    Map<String, Layer.Entry> own = new LinkedHashMap<>(layer.entries());
    own.keySet().removeIf(key -> others.contains(key) && setting(key).isEmpty());
    return new Layer(own);
  }

  /** What a recipe's file says of generation; its turns are for whoever makes prompts of them. */
  private Layer ofRecipe(String file) {
    Map<String, Layer.Entry> own =
        new LinkedHashMap<>(ConfFile.read(Path.of(file), file, problems).entries());
    own.keySet().removeIf(key -> !key.startsWith(GENERATION));
    return new Layer(own);
  }

  private Optional<Setting<?>> setting(String key) {
    return job.settings().stream().filter(each -> each.key().equals(key)).findFirst();
  }

  private void check(Layer layer) {
    layer
        .entries()
        .forEach(
            (key, entry) -> {
              Optional<Setting<?>> setting = setting(key);
              if (PathCredentials.areIn(entry.text())
                  && (setting.isPresent()
                      || key.equals(JobFlags.SPARK_MASTER)
                      || job.isOfAStage(key))) {
                problems.add(entry.name() + ": " + PathCredentials.problem(entry.text()));
              } else if (key.equals(JobFlags.SPARK_MASTER)) {
                SparkMaster.problem(entry.name(), entry.text()).ifPresent(problems::add);
              } else if (setting.isPresent()) {
                read(setting.get(), entry, problems);
              } else if (!key.startsWith(SPARK) && !job.isOfAStage(key)) {
                problems.add(
                    Problem.at(entry.name())
                        .expected("a setting of this job")
                        .found("no such key"));
              }
            });
  }

  private static <T> Settings.Chosen<T> choose(Setting<T> setting, List<Layer> layers) {
    Problems reportedByCheck = new Problems();
    for (int rank = 0; rank < layers.size(); rank++) {
      Layer.Entry entry = layers.get(rank).entries().get(setting.key());
      if (entry != null) {
        Optional<T> value = read(setting, entry, reportedByCheck);
        if (value.isPresent()) {
          return new Settings.Chosen<>(value.get(), entry.text(), entry.origin(), rank);
        }
      }
    }
    T value = setting.reader().apply(setting.fallback());
    return new Settings.Chosen<>(value, setting.fallback(), BUILT_IN, layers.size());
  }

  private static <T> Optional<T> read(Setting<T> setting, Layer.Entry entry, Problems problems) {
    try {
      return Optional.of(setting.reader().apply(entry.text()));
    } catch (IllegalArgumentException e) {
      problems.add(entry.name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Those settings, each from the place that wins. */
  private static Map<String, Layer.Entry> first(List<Layer> layers, Predicate<String> keys) {
    Map<String, Layer.Entry> first = new TreeMap<>();
    for (Layer layer : layers) {
      layer
          .entries()
          .forEach(
              (key, entry) -> {
                if (keys.test(key)) {
                  first.putIfAbsent(key, entry);
                }
              });
    }
    return first;
  }
}
