package io.touchstone.files.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.FileKind;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file to read, as it was when the job was planned.
 *
 * @param path fully qualified
 * @param modifiedMillis since the epoch
 * @param format null for a file without rows, whose format nothing tells, and where none is needed
 * @param dropped fields of its rows that are left out as they are read
 */
public record InputFile(
    String path,
    FileKind kind,
    long bytes,
    long modifiedMillis,
    @Nullable RowFormat format,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedSet<String> dropped)
    implements Serializable {

  public InputFile {
    dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
  }

  /** A file whose rows are read as they are. */
  public InputFile(
      String path, FileKind kind, long bytes, long modifiedMillis, @Nullable RowFormat format) {
    this(path, kind, bytes, modifiedMillis, format, new TreeSet<>());
  }

  /** The same file, of a format. */
  InputFile of(@Nullable RowFormat found) {
    return new InputFile(path, kind, bytes, modifiedMillis, found, dropped);
  }
}
