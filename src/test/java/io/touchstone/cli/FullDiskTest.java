package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.problem.JobException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class FullDiskTest {
  private static final String FULL = "No space left on device";

  @Test
  void ofTemporaryFilesTheFolderIsToldAndHowToTakeAnother() {
    assertThat(FullDisk.told(new JobException("stage 0", new IOException(FULL))))
        .contains(
            "temporary files lie in "
                + System.getProperty("java.io.tmpdir")
                + ", unless spark.local.dir or SPARK_LOCAL_DIRS name another folder for Spark's;"
                + " TMPDIR takes another for all");
  }

  @Test
  void nothingIsAddedWhereTheFileIsNamedOrTheDiskIsNotFull() {
    assertThat(FullDisk.told(new JobException("[/a/b] cannot be written: " + FULL))).isEmpty();
    assertThat(FullDisk.told(new JobException("Broken pipe"))).isEmpty();
  }
}
