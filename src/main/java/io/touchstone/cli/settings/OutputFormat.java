package io.touchstone.cli.settings;

/** What scored rows are written as. */
public enum OutputFormat {
  JSONL,
  PARQUET
}
