package io.touchstone.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What Linux says of this process and of where it runs, by proc(5); empty on other systems. */
public final class ProcessStatus {

  private static final Path FILE = Path.of("/proc/self/status");

  private ProcessStatus() {}

  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  /** What the machine, or the container in which this process runs, calls itself. */
  public static String host() {
    try {
      return Files.isReadable(HOST) ? Files.readString(HOST).strip() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bits that new files do not get, as octal digits. */
  static Optional<String> umask() throws IOException {
    return field("Umask:");
  }

  /** Bytes in the machine's memory: Java heap, the model's work space, mapped weights; or 0. */
  public static long residentBytes() {
    try {
      return field("VmRSS:")
          .map(value -> Long.parseLong(value.substring(0, value.indexOf(" kB"))) << 10)
          .orElse(0L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> field(String name) throws IOException {
    if (!Files.isReadable(FILE)) {
      return Optional.empty();
    }
    return Files.readAllLines(FILE).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst();
  }
}
