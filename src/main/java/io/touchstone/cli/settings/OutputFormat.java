package io.touchstone.cli.settings;

/** What rows are written as. */
public enum OutputFormat {
  JSONL,
  PARQUET
}
