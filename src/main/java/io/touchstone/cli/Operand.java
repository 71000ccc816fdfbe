package io.touchstone.cli;

/**
 * What stands on a job's command line without a flag in front.
 *
 * @param synopsis as {@code --help} shows it first
 */
record Operand(String label, String synopsis, String help) {

  static final Operand INPUTS =
      new Operand(
          "INPUT",
          "INPUT...",
          "files, folders or globs: .jsonl .jsonl.gz .jsonl.zst .json (one array) .parquet");
}
