package io.touchstone.cli.call;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Touchstone's own files lie.
 *
 * @param home holds {@code conf} and {@code data-samples}; empty where only the jar is, as on a
 *     cluster's machines
 */
public record Installation(Optional<Path> home) {

  /** As the launcher says through the system property {@code touchstone.home}. */
  static Installation ofProcess() {
    return new Installation(
        Optional.ofNullable(System.getProperty("touchstone.home")).map(Path::of));
  }

  /**
   * The file of a recipe: one that is there, or that of {@code conf/recipes} by its name.
   *
   * @throws java.nio.file.InvalidPathException if the text can be no file's
   */
  public static Path recipe(String text) {
    Path named = Path.of(text);
    if (Files.exists(named)) {
      return named;
    }
    Path installed =
        ofProcess()
            .home
            .orElse(Path.of(""))
            .resolve("conf")
            .resolve("recipes")
            .resolve(text + ".conf");
    return Files.isRegularFile(installed) ? installed : named;
  }

  /** A file under {@code conf}, if there is one. */
  Optional<Path> conf(String name) {
    return home.map(root -> root.resolve("conf").resolve(name)).filter(Files::isRegularFile);
  }

  /** The folder that {@code --model} means to a job. */
  public Path model(String text, NamedModel named) {
    return isDemo(text)
        ? home.orElse(Path.of("")).resolve("data-samples").resolve(named.demo())
        : Path.of(text);
  }

  /**
   * The name by which a model's settings are found under {@code conf/models}: the folder's; of a
   * snapshot in the Hugging Face hub's cache ({@code models--ORG--NAME/snapshots/REVISION}) the
   * model's.
   */
  static String nameOf(Path model) {
    Path folder = model.toAbsolutePath().normalize();
    Path snapshots = folder.getParent();
    if (snapshots != null && snapshots.endsWith("snapshots")) {
      Path cached = snapshots.getParent();
      String name = cached == null ? "" : String.valueOf(cached.getFileName());
      if (name.startsWith("models--")) {
        return name.substring(name.lastIndexOf("--") + 2);
      }
    }
    Path last = folder.getFileName();
    return last == null ? "" : last.toString();
  }

  public static boolean isDemo(String model) {
    return model.equals("demo");
  }
}
