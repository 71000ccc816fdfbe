package io.touchstone.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of processes that live and of some that were killed. */
final class ScratchFolderTest {

  @TempDir Path parent;

  /** Begins the folder that it is given, and lives on. */
  public static void main(String[] args) throws Exception {
    ScratchFolder folder = ScratchFolder.begin(Optional.of(Path.of(args[0])));
    Files.createDirectories(folder.path().resolve("blockmgr/0a"));
    Files.writeString(folder.path().resolve("blockmgr/0a/shuffle"), "rows");
    System.out.println("ready");
    Thread.sleep(600_000);
    folder.delete();
  }

  private Process process(String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(ScratchFolder.PREFIX + name));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ScratchFolderTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }

  @Test
  void whatAKilledProcessLeftIsDeletedByTheNextAndNothingElseIs() throws Exception {
    Process living = process("living");
    Process dead = process("dead");
    try {
      dead.destroyForcibly().waitFor();
      assertThat(parent.resolve("touchstone-dead/blockmgr/0a/shuffle")).exists();
      Files.writeString(Files.createDirectory(parent.resolve("touchstone-notes")).resolve("a"), "");
      Files.writeString(Files.createDirectory(parent.resolve("other")).resolve("alive"), "");
      Path target = Files.createDirectory(parent.resolve("precious"));
      Files.writeString(target.resolve("alive"), "");
      Files.createSymbolicLink(parent.resolve("touchstone-link"), target);

      Path given = Files.createDirectory(parent.resolve("touchstone-next"));
      ScratchFolder next = ScratchFolder.begin(Optional.of(given));

      assertThat(parent.resolve("touchstone-dead")).doesNotExist();
      assertThat(parent.resolve("touchstone-living/blockmgr/0a/shuffle")).exists();
      assertThat(parent.resolve("touchstone-notes/a")).exists();
      assertThat(parent.resolve("other/alive")).exists();
      assertThat(target.resolve("alive")).exists();
      assertThat(next.path()).isEqualTo(given);

      next.delete();
      assertThat(given).doesNotExist();
    } finally {
      living.destroyForcibly().waitFor();
      dead.destroyForcibly().waitFor();
    }
  }

  @Test
  void ownFoldersOfOneProcessAreLeftAlone() throws IOException {
    ScratchFolder first =
        ScratchFolder.begin(Optional.of(Files.createDirectory(parent.resolve("touchstone-1"))));
    ScratchFolder second =
        ScratchFolder.begin(Optional.of(Files.createDirectory(parent.resolve("touchstone-2"))));
    assertThat(first.path()).exists();
    assertThat(second.path()).exists();
    first.delete();
    second.delete();
    assertThat(parent).isEmptyDirectory();
  }
}
