package io.touchstone.engine.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder that holds libtorch: {@code torch/lib} of a Python, {@code lib} of PyTorch's own
 * archives, or one that was packed for a cluster.
 */
record TorchFolder(Path path) {
  private static final String LIBRARY = "libtorch.so";
  private static final String CUDA_LIBRARY = "libtorch_cuda.so";
  private static final int MOST_BYTES = 1 << 16;

  /** A file that says which version lies beside it, and where in it. */
  private record Label(String file, Pattern version) {}

  /** What pip and conda install, what PyTorch's archives hold, and what is written for CMake. */
  private static final List<Label> LABELS =
      List.of(
          new Label("../version.py", Pattern.compile("(?m)^__version__ *= *'([^']+)'")),
          new Label("../build-version", Pattern.compile("^\\s*(\\S+)\\s*$")),
          new Label("build-version", Pattern.compile("^\\s*(\\S+)\\s*$")),
          new Label(
              "../share/cmake/Torch/TorchConfigVersion.cmake",
              Pattern.compile("set\\(PACKAGE_VERSION \"([^\"]+)\"\\)")));

  /**
   * A version, as a file tells it.
   *
   * @param text such as {@code 2.7.1+cu126}
   */
  record Version(String text, Path file) {

    /** Whether it is that release, of whatever build. */
    boolean is(String release) {
      return text.equals(release) || text.startsWith(release + "+");
    }
  }

  boolean isThere() {
    return Files.isRegularFile(path.resolve(LIBRARY));
  }

  boolean hasCuda() {
    return Files.isRegularFile(path.resolve(CUDA_LIBRARY));
  }

  /** The library's version, read and not asked of it; empty where no file tells. */
  Optional<Version> version() {
    for (Label label : LABELS) {
      Path file = path.resolve(label.file()).normalize();
      Matcher version = label.version().matcher(beginning(file));
      if (version.find()) {
        return Optional.of(new Version(version.group(1), file));
      }
    }
    return Optional.empty();
  }

  private static String beginning(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
