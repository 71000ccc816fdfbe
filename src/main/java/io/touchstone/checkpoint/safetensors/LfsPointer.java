package io.touchstone.checkpoint.safetensors;

import io.touchstone.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The few lines that git has in place of a large file that git-lfs did not fetch. */
public final class LfsPointer {
  private static final String FIRST_LINE = "version https://git-lfs.github.com/spec/";
  private static final int MOST_BYTES = 1024;

  private LfsPointer() {}

  /** The problem with a file that is one. */
  public static Optional<String> problem(Problem here, Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return head.startsWith(FIRST_LINE)
          ? Optional.of(
              here.expected("the file itself")
                  .found("a git-lfs pointer to it; git lfs pull in the folder fetches it"))
          : Optional.empty();
    }
  }
}
