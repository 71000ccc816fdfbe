package io.touchstone.files.read;

import io.touchstone.conversation.format.RowFormat;

/** How a job comes to the line format of its input files. */
public sealed interface FormatChoice {

  /** Each file's by the fields of its first lines. */
  record ByFields() implements FormatChoice {}

  /** As by its fields, of lines whose answers may be missing. */
  record ByPrompts() implements FormatChoice {}

  /** The one that the user named, for all files. */
  record Named(RowFormat format) implements FormatChoice {}

  /** The job reads fields, not conversations: its files have no format. */
  record Unneeded() implements FormatChoice {}
}
