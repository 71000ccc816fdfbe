package io.touchstone.cli.settings;

import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.FieldMap;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.read.InputReading;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
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

  public static final Setting<FieldMap> MAP =
      Setting.of(Topic.INPUT, "input.map", "--map", "TARGET=PATH,...", "none")
          .withHelp(
              "paths to fields of the format that --format names: name, a.b, a[0], or a[].b for a list of one"
                  + " value of each element; a field of answers may be named for several paths; no PATH"
                  + " leaves the field unread; \\, \\= \\. \\[ stand for these characters in a name")
          .as(text -> text.equals("none") ? FieldMap.NONE : FieldMap.parse(text));

  public static final Setting<Boolean> SYSTEM_COLUMN =
      Setting.of(Topic.INPUT, "input.system-column", "--no-system-column", "", "yes")
          .withBare("no")
          .withHelp(
              "leaves the columns system and system_prompt unread, which are else the system's turn")
          .as(Readers::yesOrNo);

  public static final Setting<Boolean> TOOLS =
      Setting.of(Topic.INPUT, "input.tools", "--no-tools", "", "yes")
          .withBare("no")
          .withHelp("leaves the column tools unread, which the chat template is else handed")
          .as(Readers::yesOrNo);

  /** What is read for a model beside the turns. */
  static final List<Setting<?>> OF_SCORING = List.of(SYSTEM_COLUMN, TOOLS);

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

  public static final Setting<SortedSet<String>> DROP_COLUMNS =
      Setting.of(Topic.INPUT, "input.drop-columns", "--drop-columns", "NAME,...", "none")
          .withHelp(
              "fields of the rows that are left out as they are read, as if the input had none such;"
                  + " \\, stands for a comma in a name")
          .as(InputSettings::names);

  /** Parted by commas that no backslash stands in front of. */
  private static SortedSet<String> names(String text) {
    SortedSet<String> names = new TreeSet<>();
    if (!text.equals("none")) {
      for (String name : text.split("(?<!\\\\),", -1)) {
        if (name.isBlank()) {
          throw Readers.refused("names of fields, such as a,b", text);
        }
        names.add(name.strip().replace("\\,", ","));
      }
    }
    return names;
  }

  private static String formats() {
    return FormatTable.NAMED.stream().map(RowFormat::word).collect(Collectors.joining(", "));
  }
}
