package io.touchstone.files;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The kinds of input files: how rows stand in them, and how that is stored. */
public enum FileKind {
  LINES(Layout.LINES, Codec.NONE),
  GZIP_LINES(Layout.LINES, Codec.GZIP),
  ZSTD_LINES(Layout.LINES, Codec.ZSTD),
  BZIP2_LINES(Layout.LINES, Codec.BZIP2),
  ARRAY(Layout.ARRAY, Codec.NONE),
  GZIP_ARRAY(Layout.ARRAY, Codec.GZIP),
  ZSTD_ARRAY(Layout.ARRAY, Codec.ZSTD),
  BZIP2_ARRAY(Layout.ARRAY, Codec.BZIP2),
  PARQUET(Layout.RECORDS, Codec.NONE);

  /** How rows stand in a file. */
  public enum Layout {
    LINES(".jsonl"),
    ARRAY(".json"),
    RECORDS(".parquet");

    private final String ending;

    Layout(String ending) {
      this.ending = ending;
    }
  }

  private static final Map<String, Layout> LAYOUTS =
      Map.of(
          Layout.LINES.ending,
          Layout.LINES,
          ".ndjson",
          Layout.LINES,
          Layout.ARRAY.ending,
          Layout.ARRAY,
          Layout.RECORDS.ending,
          Layout.RECORDS);

  private final Layout layout;
  private final Codec codec;

  FileKind(Layout layout, Codec codec) {
    this.layout = layout;
    this.codec = codec;
  }

  public Layout layout() {
    return layout;
  }

  public Codec codec() {
    return codec;
  }

  /** What a file of this kind that we write ends with. */
  public String ending() {
    return layout.ending + codec.ending();
  }

  /** The kind that is stored in the same way, with lines in it. */
  public FileKind ofLines() {
    return of(Layout.LINES, codec).orElseThrow();
  }

  /**
   * What a file's name says; empty for an ending that nothing is read of. An array may turn out to
   * be lines: {@code .json} is the ending of both.
   */
  public static Optional<FileKind> of(String fileName) {
    return Arrays.stream(Codec.values())
        .filter(codec -> fileName.endsWith(codec.ending()))
        .flatMap(
            codec -> {
              String plain = fileName.substring(0, fileName.length() - codec.ending().length());
              return LAYOUTS.entrySet().stream()
                  .filter(layout -> plain.endsWith(layout.getKey()))
                  .flatMap(layout -> of(layout.getValue(), codec).stream());
            })
        .findFirst();
  }

  private static Optional<FileKind> of(Layout layout, Codec codec) {
    return Arrays.stream(values())
        .filter(kind -> kind.layout == layout && kind.codec == codec)
        .findFirst();
  }

  /** The endings of all kinds, as they are told. */
  public static String endings() {
    return ".jsonl, .ndjson or .json, one of these and .gz, .zst or .bz2, or .parquet";
  }
}
