package io.touchstone.files.read;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.FileKind;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A file to read, as it was when the job was planned.
 *
 * @param path fully qualified
 * @param modifiedMillis since the epoch
 * @param format null for a file without rows, whose format nothing tells, and where none is needed
 */
public record InputFile(
    String path, FileKind kind, long bytes, long modifiedMillis, @Nullable RowFormat format)
    implements Serializable {}
