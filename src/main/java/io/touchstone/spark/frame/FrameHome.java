package io.touchstone.spark.frame;

import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.Terminal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The program's folder, with what known models need, in a process that no launcher has started. */
final class FrameHome {

  private FrameHome() {}

  /**
   * As the session says by {@code -Dtouchstone.home}, or as the place of the program's jar does.
   */
  static Terminal terminal() {
    Terminal process = Terminal.ofProcess();
    return process.installation().home().isPresent()
        ? process
        : new Terminal(
            new Installation(built()),
            process.out(),
            process.err(),
            process.columns(),
            process.audience(),
            process.secrets());
  }

  /** The folder in whose {@code target} this class was built, if that is where it runs from. */
  private static Optional<Path> built() {
    CodeSource source = FrameHome.class.getProtectionDomain().getCodeSource();
    try {
      return source == null || !source.getLocation().getProtocol().equals("file")
          ? Optional.empty()
          : Optional.of(Path.of(source.getLocation().toURI()).toAbsolutePath())
              .map(Path::getParent)
              .map(Path::getParent)
              .filter(home -> Files.isDirectory(home.resolve("conf").resolve("models")));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
