package io.touchstone.files;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Whether what two paths name lies one within the other. */
public final class Nesting {

  private Nesting() {}

  /**
   * Whether a path is a folder's own, or leads into it.
   *
   * @param path fully qualified, as {@code folder} is
   */
  public static boolean isWithin(Path path, Path folder) {
    for (Path at = path; at != null; at = at.getParent()) {
      if (at.equals(folder)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether two folders are one, or one lies in the other; local ones where their links lead, be
   * they there or not.
   *
   * @throws IOException if a filesystem has no client, or a link cannot be followed
   */
  public static boolean overlap(String one, String other, Configuration hadoop) throws IOException {
    Path first = real(new Path(one), hadoop);
    Path second = real(new Path(other), hadoop);
    return isWithin(first, second) || isWithin(second, first);
  }

  private static Path real(Path path, Configuration hadoop) throws IOException {
    Path qualified = Filesystems.of(path, hadoop).makeQualified(path);
    if (!"file".equals(qualified.toUri().getScheme())) {
      return qualified;
    }
    java.nio.file.Path whole = java.nio.file.Path.of(qualified.toUri().getPath()).normalize();
    java.nio.file.Path there = whole;
    while (!Files.exists(there)) {
      there = Objects.requireNonNull(there.getParent());
    }
    return new Path("file", "", there.toRealPath().resolve(there.relativize(whole)).toString());
  }
}
