package io.touchstone.cli.call;

/**
 * What stands on a job's command line without a flag in front.
 *
 * @param synopsis as {@code --help} shows it first
 */
public record Operand(String label, String synopsis, String help) {

  public static final Operand INPUTS =
      new Operand(
          "INPUT",
          "INPUT...",
          "files, folders or globs: .jsonl .ndjson .json (lines, or one array), each also with .gz .zst"
              + " .bz2 behind; .parquet");
}
