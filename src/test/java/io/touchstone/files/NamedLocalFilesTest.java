package io.touchstone.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedLocalFilesTest {

  @TempDir java.nio.file.Path folder;

  @Test
  void aFullDiskIsToldWithTheFileThatFoundItFull() throws IOException {
    NamedLocalFiles files = new NamedLocalFiles();
    files.initialize(folder.toUri(), new Configuration());
    try (OutputStream full = files.createOutputStreamWithMode(new Path("/dev/full"), false, null)) {
      assertThatThrownBy(() -> full.write(new byte[10]))
          .isInstanceOf(UnwritableFileException.class)
          .hasMessage("[/dev/full] cannot be written: No space left on device");
      assertThatThrownBy(() -> full.write(1))
          .hasMessage("[/dev/full] cannot be written: No space left on device");
    }
  }

  @Test
  void outputsGoThroughItAndReachTheDisk() throws IOException {
    Path path = new Path(folder.resolve("a").toUri());
    FileSystem files = Filesystems.forOutput(path, new Configuration());
    assertThat(files).isInstanceOf(NamedLocalFiles.class);
    try (FSDataOutputStream out = files.create(path, false)) {
      assertThat(out.hasCapability(StreamCapabilities.HSYNC)).isTrue();
      out.write("rows".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.hsync();
      assertThat(Files.readString(folder.resolve("a"))).isEqualTo("rows");
    }
  }
}
