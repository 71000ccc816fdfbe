package io.touchstone.spark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the client of a path's filesystem. */
final class Filesystems {

  private Filesystems() {}

  /**
   * @throws IOException if there is none, saying how to get one
   */
  static FileSystem of(Path path, Configuration hadoop) throws IOException {
    try {
      return path.getFileSystem(hadoop);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new IOException(
            "expected the client of "
                + path.toUri().getScheme()
                + ": on the class path, found none ("
                + e.getCause().getMessage()
                + "); for s3a: build with mvn -Ps3 package, or on a cluster bring hadoop-aws",
            e);
      }
      throw e;
    }
  }
}
