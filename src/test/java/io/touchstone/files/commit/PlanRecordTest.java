package io.touchstone.files.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.files.FileKind;
import io.touchstone.files.read.InputFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PlanRecordTest {

  /** Its inputs are as version 0.1.0 wrote them before files had more than these kinds. */
  private static final String BEGUN_BEFORE =
      """
      {
        "run" : "a",
        "plan" : {
          "settings" : { },
          "inputs" : [
            { "path" : "file:/a.jsonl", "kind" : "LINES", "bytes" : 1, "modifiedMillis" : 2, "format" : null },
            { "path" : "file:/b.jsonl.gz", "kind" : "GZIP_LINES", "bytes" : 1, "modifiedMillis" : 2, "format" : null },
            { "path" : "file:/c.jsonl.zst", "kind" : "ZSTD_LINES", "bytes" : 1, "modifiedMillis" : 2, "format" : null },
            { "path" : "file:/d.json", "kind" : "ARRAY", "bytes" : 1, "modifiedMillis" : 2, "format" : null },
            { "path" : "file:/e.parquet", "kind" : "PARQUET", "bytes" : 1, "modifiedMillis" : 2, "format" : null }
          ],
          "pieces" : 5
        }
      }
      """;

  @Test
  void aFolderBegunBeforeIsStillOfItsInputs() throws IOException {
    PlanRecord plan = PlanFile.read(BEGUN_BEFORE.getBytes(UTF_8)).plan();
    assertThat(plan.inputs())
        .extracting(InputFile::kind)
        .containsExactly(
            FileKind.LINES,
            FileKind.GZIP_LINES,
            FileKind.ZSTD_LINES,
            FileKind.ARRAY,
            FileKind.PARQUET);
    assertThat(plan.differences(plan)).isEmpty();
  }
}
