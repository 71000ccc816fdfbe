package io.touchstone.cli;

/** What scored rows are written as. */
enum OutputFormat {
  JSONL,
  PARQUET
}
