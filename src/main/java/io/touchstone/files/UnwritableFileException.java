package io.touchstone.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.apache.commons.io.output.ProxyOutputStream;
import org.jspecify.annotations.Nullable;

/** A file could not be written to its end; the message names it and says why. */
public final class UnwritableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private UnwritableFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public static IOException of(String file, @Nullable Throwable cause) {
    if (cause instanceof UnwritableFileException named) {
      return named;
    }
    String why = why(cause);
    return new UnwritableFileException("[" + file + "] cannot be written: " + why, cause);
  }

  /** Java's own exceptions on files begin with names. */
  private static String why(@Nullable Throwable cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return cause == null ? "unknown" : String.valueOf(cause.getMessage());
  }

  /** A stream whose trouble is told with the name of its file. */
  public static OutputStream named(String file, OutputStream out) {
    return new ProxyOutputStream(out) {
      @Override
      protected void handleIOException(IOException e) throws IOException {
        throw of(file, e);
      }
    };
  }
}
