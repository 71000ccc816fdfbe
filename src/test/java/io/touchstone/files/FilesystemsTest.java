package io.touchstone.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Clients of name nodes that nobody asks anything. */
final class FilesystemsTest {

  private static final String FIRST_WAIT =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";
  private static final String WAITS = "dfs.client.block.write.locateFollowingBlock.retries";

  @Test
  void aClientOfHdfsAsksAgainSoonAndLongEnough() throws IOException {
    try (FileSystem files =
        Filesystems.of(new Path("hdfs://127.0.0.1:1/out"), new Configuration())) {
      assertThat(files.getConf().getLong(FIRST_WAIT, 400)).isEqualTo(5);
      assertThat(files.getConf().getInt(WAITS, 5)).isEqualTo(12);
    }
  }

  @Test
  void aPathWithoutASchemeIsOfTheDefaultFilesystem() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.defaultFS", "hdfs://127.0.0.1:2");
    try (FileSystem files = Filesystems.of(new Path("/out"), hadoop)) {
      assertThat(files.getConf().getLong(FIRST_WAIT, 400)).isEqualTo(5);
    }
    assertThat(hadoop.getLong(FIRST_WAIT, 400)).as("the caller's own settings").isEqualTo(400);
  }

  @Test
  void whoHasSetOneOfTheTwoKeepsBoth() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.setInt(WAITS, 9);
    try (FileSystem files = Filesystems.of(new Path("hdfs://127.0.0.1:3/out"), hadoop)) {
      assertThat(files.getConf().getLong(FIRST_WAIT, 400)).isEqualTo(400);
      assertThat(files.getConf().getInt(WAITS, 5)).isEqualTo(9);
    }
  }
}
