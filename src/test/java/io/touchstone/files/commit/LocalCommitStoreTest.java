package io.touchstone.files.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalCommitStoreTest implements CommitPromises {

  @TempDir Path folder;

  @Override
  public String path(String name) {
    return folder.resolve(name).toUri().toString();
  }

  @Override
  public Configuration hadoop() {
    return new Configuration();
  }

  @Test
  void writesNoChecksumFilesBesideTheOthers() throws Exception {
    OutputLayout layout = OutputLayout.of(new org.apache.hadoop.fs.Path(path("plain")), 1);
    CommitStore store = CommitStore.of(layout, hadoop());
    store.replace(layout.summary(), "{}".getBytes(UTF_8));
    assertThat(store.list(layout.root()))
        .extracting(file -> file.getPath().getName())
        .containsExactlyInAnyOrder("_run.json", "_tmp");
    assertThat(Files.readString(folder.resolve("plain/_run.json"))).isEqualTo("{}");
  }

  @Test
  void aRefusedNameIsNotTakenForAFilesystemWithoutHardLinks() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeThat(Files.isWritable(memory)).as("another filesystem than that of the folder").isTrue();
    Path from = Files.createTempFile(memory, "touchstone", "");
    try {
      OutputLayout layout = OutputLayout.of(new org.apache.hadoop.fs.Path(path("links")), 1);
      CommitStore store = CommitStore.of(layout, hadoop());
      Path to = folder.resolve("to");
      assertThatThrownBy(
              () ->
                  store.placeNew(
                      new org.apache.hadoop.fs.Path(from.toUri()),
                      new org.apache.hadoop.fs.Path(to.toUri())))
          .hasMessage("[" + to + "] cannot be written: Invalid cross-device link");
    } finally {
      Files.deleteIfExists(from);
    }
  }
}
