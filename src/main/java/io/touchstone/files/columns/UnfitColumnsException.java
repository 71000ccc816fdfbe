package io.touchstone.files.columns;

import java.io.IOException;
import java.util.List;

/** A Parquet file has columns that JSON rows cannot hold. */
public final class UnfitColumnsException extends IOException {
  private static final long serialVersionUID = 1L;

  UnfitColumnsException(List<String> columns) {
    super(
        "expected columns of text, numbers, booleans, lists and structs, found "
            + String.join(", ", columns)
            + ": leave them out or cast them to one of those");
  }
}
