package io.touchstone.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class FileKindTest {

  @Test
  void everyTextEndingStandsAloneOrBeforeEveryCompression() {
    Map<String, FileKind> kinds =
        Map.ofEntries(
            Map.entry(".jsonl", FileKind.LINES),
            Map.entry(".jsonl.gz", FileKind.GZIP_LINES),
            Map.entry(".jsonl.zst", FileKind.ZSTD_LINES),
            Map.entry(".jsonl.bz2", FileKind.BZIP2_LINES),
            Map.entry(".ndjson", FileKind.LINES),
            Map.entry(".ndjson.gz", FileKind.GZIP_LINES),
            Map.entry(".ndjson.zst", FileKind.ZSTD_LINES),
            Map.entry(".ndjson.bz2", FileKind.BZIP2_LINES),
            Map.entry(".json", FileKind.ARRAY),
            Map.entry(".json.gz", FileKind.GZIP_ARRAY),
            Map.entry(".json.zst", FileKind.ZSTD_ARRAY),
            Map.entry(".json.bz2", FileKind.BZIP2_ARRAY),
            Map.entry(".parquet", FileKind.PARQUET));
    kinds.forEach((ending, kind) -> assertThat(FileKind.of("a.b" + ending)).hasValue(kind));
    for (String other :
        new String[] {"a.gz", "a.bz2", "a.parquet.gz", "a.jsonl.xz", "jsonl", "a.JSON", "a"}) {
      assertThat(FileKind.of(other)).as(other).isEmpty();
    }
  }

  @Test
  void aFileThatWeWriteIsOfItsKind() {
    for (FileKind kind : FileKind.values()) {
      assertThat(FileKind.of("part-0" + kind.ending())).hasValue(kind);
      if (kind != FileKind.PARQUET) {
        assertThat(kind.ofLines().codec()).isEqualTo(kind.codec());
        assertThat(kind.ofLines().layout()).isEqualTo(FileKind.Layout.LINES);
      }
    }
  }

  @Test
  void partsOfAResultAreWhatJobsWriteAndNothingElse() {
    for (String part : new String[] {".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"}) {
      assertThat(ResultNames.isPart("part-00000" + part)).isTrue();
      assertThat(ResultNames.isPart("x-00000" + part)).isFalse();
    }
    for (String other : new String[] {".json", ".ndjson", ".jsonl.bz2", ".json.gz", ".txt"}) {
      assertThat(ResultNames.isPart("part-00000" + other)).isFalse();
    }
  }
}
