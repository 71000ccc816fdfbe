package io.touchstone.engine.device;

import io.touchstone.problem.Problem;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The PyTorch library that a process is to load, as its environment and its class path say. Looked
 * at before it is loaded: one of another version ends the process, and DJL passes over a folder
 * that is not there, and says of a missing library that it is offline.
 *
 * @param named the folders that PYTORCH_LIBRARY_PATH names; empty for the library of a jar
 * @param version as PYTORCH_VERSION says; empty for what DJL finds out
 * @param flavor likewise, of PYTORCH_FLAVOR
 * @param parts which of DJL's parts are on the class path
 */
record TorchChoice(
    Optional<String> named, Optional<String> version, Optional<String> flavor, Parts parts) {
  static final String PATH = "PYTORCH_LIBRARY_PATH";
  static final String VERSION = "PYTORCH_VERSION";
  static final String FLAVOR = "PYTORCH_FLAVOR";

  private static final String WAYS_ON =
      "; docs/spark-submit.md says how a cluster's machines come by it";

  /** What of DJL is on the class path: made for one release of PyTorch. */
  interface Parts {
    /** The release, such as {@code 2.7.1}. */
    String release();

    boolean hasLibrary();

    /** Native parts to choose from, such as {@code cpu} and {@code cu128}. */
    boolean hasNative(String flavor);

    /** Whether the driver's library can be loaded. */
    boolean hasDriver();
  }

  static TorchChoice ofProcess() {
    return new TorchChoice(said(PATH), said(VERSION), said(FLAVOR), new DjlParts());
  }

  /** As DJL asks: an empty variable says nothing. */
  private static Optional<String> said(String name) {
    return Stream.of(
            Optional.ofNullable(System.getenv(name)), Optional.ofNullable(System.getProperty(name)))
        .flatMap(Optional::stream)
        .findFirst()
        .filter(text -> !text.isEmpty());
  }

  /** The folder of those that are named which DJL would take; empty where it takes a jar's. */
  Optional<TorchFolder> folder() {
    return named.stream()
        .flatMap(folders -> Arrays.stream(folders.split(File.pathSeparator)))
        .map(folder -> new TorchFolder(Path.of(folder).toAbsolutePath()))
        .filter(TorchFolder::isThere)
        .findFirst();
  }

  /** Why it must not be loaded; empty if it may. */
  List<String> problems() {
    Stream<Optional<String>> found =
        named.isPresent()
            ? Stream.of(folderProblem(), versionProblem(), flavorProblem())
            : Stream.of(jarProblem(), versionProblem());
    return found.flatMap(Optional::stream).toList();
  }

  private Optional<String> jarProblem() {
    return parts.hasLibrary()
        ? Optional.empty()
        : Optional.of(
            Problem.at("libtorch")
                .expected(
                    "pytorch-native-cpu-"
                        + parts.release()
                        + "-linux-x86_64.jar among the --jars of spark-submit, or "
                        + PATH
                        + " in the environment of this process")
                .found("neither" + WAYS_ON));
  }

  private Optional<String> folderProblem() {
    Optional<TorchFolder> folder = folder();
    if (folder.isEmpty()) {
      return Optional.of(
          Problem.at(PATH)
              .expected("a folder that holds libtorch.so")
              .found(Problem.shown(named.orElseThrow()) + WAYS_ON));
    }
    Optional<TorchFolder.Version> installed = folder.get().version();
    if (installed.isEmpty()) {
      return Optional.of(
          Problem.at(PATH)
              .file(folder.get().path())
              .expected("PyTorch " + parts.release())
              .found(
                  "no file beside it that says its version (version.py, build-version); if it is "
                      + parts.release()
                      + ", write that into a file build-version in that folder"));
    }
    return installed.get().is(parts.release())
        ? Optional.empty()
        : Optional.of(
            Problem.at(PATH)
                .file(folder.get().path())
                .expected("PyTorch " + parts.release())
                .found(
                    Problem.shown(installed.get().text())
                        + ", as "
                        + installed.get().file()
                        + " says: pip install torch=="
                        + parts.release()
                        + " into an environment of its own and name its torch/lib, or unset "
                        + PATH
                        + " for the bundled CPU build"));
  }

  private Optional<String> versionProblem() {
    return version
        .filter(said -> !said.equals(parts.release()))
        .map(
            said ->
                Problem.at(VERSION)
                    .expected(parts.release() + ", or to be unset")
                    .found(Problem.shown(said)));
  }

  private Optional<String> flavorProblem() {
    return flavor
        .filter(said -> !parts.hasNative(said))
        .map(
            said ->
                Problem.at(FLAVOR)
                    .expected("cpu or cu128, or to be unset")
                    .found(Problem.shown(said)));
  }

  /** What DJL has to be told beside the folder, as nobody said it: by name and value. */
  Map<String, String> told() {
    Map<String, String> told = new TreeMap<>();
    folder()
        .ifPresent(
            folder -> {
              if (version.isEmpty()) {
                told.put(VERSION, parts.release());
              }
              if (flavor.isEmpty()) {
                // The part for CUDA does not load where there is no driver.
                told.put(FLAVOR, folder.hasCuda() && parts.hasDriver() ? "cu128" : "cpu");
              }
            });
    return told;
  }
}
