package io.touchstone.cli.call;

import io.touchstone.files.PathCredentials;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The settings in force, each with where it comes from. */
public final class Settings {
  private final Map<Setting<?>, Chosen<?>> chosen;
  private final Map<String, Layer.Entry> spark;
  private final Map<String, Layer.Entry> ofStages;
  private final boolean knownModel;

  /**
   * @param origin the flag, the file and line, or {@code default}
   * @param rank of the place it comes from, 0 for the command line: a lower one wins
   */
  record Chosen<T>(T value, String text, String origin, int rank) {}

  /**
   * @param ofStages of jobs that this one starts
   * @param knownModel whether {@code conf/models} knows the model
   */
  Settings(
      Map<Setting<?>, Chosen<?>> chosen,
      Map<String, Layer.Entry> spark,
      Map<String, Layer.Entry> ofStages,
      boolean knownModel) {
    this.knownModel = knownModel;
    this.chosen = new LinkedHashMap<>(chosen);
    this.spark = new TreeMap<>(spark);
    this.ofStages = new TreeMap<>(ofStages);
  }

  @SuppressWarnings("unchecked") // Precedence stores under a setting only what its reader returned.
  private <T> Chosen<T> chosen(Setting<T> setting) {
    Chosen<?> found = chosen.get(setting);
    if (found == null) {
      throw new IllegalArgumentException("no setting of this job: " + setting.key());
    }
    return (Chosen<T>) found;
  }

  /** Whether the job has such a setting. */
  public boolean has(Setting<?> setting) {
    return chosen.containsKey(setting);
  }

  public <T> T get(Setting<T> setting) {
    return chosen(setting).value();
  }

  /** The flag, the file and line, or {@code default}. */
  public String origin(Setting<?> setting) {
    return chosen(setting).origin();
  }

  /** Whether one comes from a place that wins over the other's. */
  public boolean isAbove(Setting<?> one, Setting<?> other) {
    return chosen(one).rank() < chosen(other).rank();
  }

  /** Whether it is set to something else than what is built in. */
  public boolean isChanged(Setting<?> setting) {
    return !chosen(setting).text().equals(setting.fallback());
  }

  /** Whether {@code conf/models} has a file for the model that is asked for. */
  public boolean knowsModel() {
    return knownModel;
  }

  /** Spark's own settings, by their full names. */
  public Map<String, String> spark() {
    Map<String, String> values = new TreeMap<>();
    spark.forEach((key, entry) -> values.put(key, entry.text()));
    return values;
  }

  /** The settings of a job that this one starts, as they are called there. */
  public Layer ofStage(String stage) {
    Map<String, Layer.Entry> own = new LinkedHashMap<>();
    ofStages.forEach(
        (key, entry) -> {
          if (key.startsWith(stage + ".")) {
            own.put(key.substring(stage.length() + 1), entry);
          }
        });
    return new Layer(own);
  }

  /** A setting as it is typed, with where it comes from, for another job that has it too. */
  public Layer.Entry entry(Setting<?> setting) {
    Chosen<?> found = chosen(setting);
    String name =
        found.origin().equals(setting.flag())
            ? setting.flag()
            : "[" + found.origin() + "] " + setting.key();
    return new Layer.Entry(found.text(), found.origin(), name);
  }

  /** Every setting by its key, as a user would type it, but for credentials: fit to be written. */
  public Map<String, String> texts() {
    Map<String, String> sparks = spark();
    Map<String, String> texts = new LinkedHashMap<>();
    chosen.forEach(
        (setting, value) -> texts.put(setting.key(), PathCredentials.hidden(value.text())));
    spark.forEach((key, entry) -> texts.put(key, Secrets.shown(key, entry.text(), sparks)));
    return texts;
  }

  /** Every setting with where it comes from; no credentials. */
  public String describe() {
    Map<String, String> sparks = spark();
    StringJoiner lines = new StringJoiner(", ");
    chosen.forEach(
        (setting, value) ->
            lines.add(
                setting.key()
                    + " = "
                    + PathCredentials.hidden(value.text())
                    + " ("
                    + value.origin()
                    + ")"));
    spark.forEach(
        (key, entry) ->
            lines.add(
                key
                    + " = "
                    + Secrets.shown(key, entry.text(), sparks)
                    + " ("
                    + entry.origin()
                    + ")"));
    return lines.toString();
  }
}
