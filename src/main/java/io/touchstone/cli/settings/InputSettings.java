package io.touchstone.cli.settings;

import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.read.InputReading;
import java.util.Optional;
import java.util.stream.Collectors;

/** What rows are read, and how. */
public final class InputSettings {
  private InputSettings() {}

  private static final DataSize LARGEST_LINE = new DataSize(InputReading.MOST_LINE_BYTES);
  private static final DataSize LARGEST_PIECE = DataSize.parse("1TiB");

  public static final Setting<Optional<RowFormat>> FORMAT =
      Setting.of(Topic.INPUT, "input.format", "--format", "NAME", "auto")
          .withHelp("the line format (table below); auto finds it by the fields of the first lines")
          .as(Readers.optional("auto", Readers.known("auto, " + formats(), RowFormat::named)));

  public static final Setting<DataSize> MAX_LINE_BYTES =
      Setting.of(Topic.INPUT, "input.max-line-bytes", "--max-line-bytes", "SIZE", "64MiB")
          .withHelp("longer lines are rejected; at most 1GiB")
          .as(Readers.sizeUpTo(LARGEST_LINE));

  public static final Setting<DataSize> PIECE_BYTES =
      Setting.of(Topic.INPUT, "input.piece-bytes", "--piece-bytes", "SIZE", "32MiB")
          .withHelp(
              "about how much of a file one task reads, and one output file holds;"
                  + " compressed files and arrays are one piece each")
          .as(Readers.sizeUpTo(LARGEST_PIECE));

  private static String formats() {
    return RowFormat.ALL.stream().map(RowFormat::word).collect(Collectors.joining(", "));
  }
}
