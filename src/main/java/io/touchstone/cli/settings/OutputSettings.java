package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.files.Compression;
import java.util.Optional;

/** What the results of several jobs have in common. */
public final class OutputSettings {
  private OutputSettings() {}

  public static final Setting<OutputFormat> FORMAT =
      Setting.of(Topic.OUTPUT, "output.format", "--output-format", "jsonl|parquet", "jsonl")
          .withHelp(
              "what the rows are written as; parquet takes its columns from Parquet inputs, whose types"
                  + " they keep, or from the first 1,000 rows of each other file, and what does not fit"
                  + " them goes into the column _extra, as JSON")
          .as(Readers.oneOf(OutputFormat.class));

  public static final Setting<Compression> COMPRESS =
      Setting.of(Topic.OUTPUT, "output.compress", "--compress", "none|gz|zst", "none")
          .withHelp(
              "how part files are compressed, part-00000.jsonl.zst for instance; the same rows give the"
                  + " same bytes, and rejected lines stay plain")
          .as(Readers.oneOf(Compression.class));

  public static final Setting<Optional<String>> METRICS =
      Setting.of(Topic.OUTPUT, "output.metrics", "--metrics", "FILE", "none")
          .withHelp(
              "a file on this machine that is replaced after each run, whatever its end, by the run's"
                  + " figures in Prometheus' text format, for the textfile collector of its node exporter;"
                  + " not after --dry-run")
          .as(Readers.optional("none", Readers.notBlank("a file, or none")));

  public static final Setting<RejectionLimit> MAX_REJECTED =
      Setting.of(Topic.OUTPUT, "output.max-rejected", "--max-rejected", "N|P%", "none")
          .withHelp(
              "more rejected lines, or a larger share of all lines, end the job with exit status 3:"
                  + " early once N is passed, or once the finished pieces (10,000 lines or more) have"
                  + " more rejected lines than P% of the whole input, its lines estimated by its size")
          .as(RejectionLimit::parse);
}
