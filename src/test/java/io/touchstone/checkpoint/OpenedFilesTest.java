package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a model's files while it is open, on a real filesystem. */
final class OpenedFilesTest {

  @TempDir Path temp;
  private Path weights;
  private Checkpoint checkpoint;
  private String opened;

  @BeforeEach
  void open() throws IOException {
    Path folder = CheckpointFolder.of(temp.resolve("model"), "LlamaForCausalLM").write();
    weights = folder.resolve("model.safetensors");
    checkpoint = Checkpoint.open(folder);
    opened = FileIdentity.of(weights).toString();
    awaitTick(folder.resolve("model.safetensors"));
  }

  /**
   * Until a file that is made now is younger: the clock of filesystems ticks some 250 times a
   * second.
   */
  private void awaitTick(Path file) throws IOException {
    Path younger = temp.resolve("younger");
    do {
      Files.writeString(younger, "");
    } while (!FileIdentity.of(younger).changed().isAfter(FileIdentity.of(file).changed()));
  }

  private void flipTheLastByte() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(weights.toFile(), "rw")) {
      bytes.seek(bytes.length() - 1);
      int last = bytes.read();
      bytes.seek(bytes.length() - 1);
      bytes.write(last ^ 1);
    }
  }

  private String expected(String found) {
    return "[" + weights + "] expected " + opened + ", as it was opened, found " + found;
  }

  @Test
  void filesThatNobodyWritesAreTheSame() {
    assertThat(checkpoint.change()).isEmpty();
    assertThat(checkpoint.weightFiles()).containsOnlyKeys(weights.toString());
    assertThat(checkpoint.weightFiles()).containsValue(Checkpoint.identity(weights.toString()));
  }

  @Test
  void anotherLinkOrOtherRightsAreNoOtherModel() throws IOException {
    Files.createLink(temp.resolve("link"), weights);
    assertThat(checkpoint.change()).isEmpty();
    awaitTick(weights);
    Files.setPosixFilePermissions(weights, PosixFilePermissions.fromString("r--r--r--"));
    assertThat(checkpoint.change()).isEmpty();
    assertThat(checkpoint.change()).isEmpty();
  }

  @Test
  void bytesWrittenInPlaceWithTheTimesSetBackAreFoundByTheFingerprint() throws IOException {
    FileTime before = Files.getLastModifiedTime(weights);
    flipTheLastByte();
    Files.setLastModifiedTime(weights, before);
    assertThat(Checkpoint.identity(weights.toString())).isEqualTo(opened);
    assertThat(checkpoint.change())
        .contains(
            "[%s] expected the model with fingerprint %s, as it was opened, found %s"
                .formatted(
                    checkpoint.folder(),
                    checkpoint.fingerprint(),
                    Checkpoint.open(checkpoint.folder()).fingerprint()));
  }

  @Test
  void bytesWrittenInPlaceAreFoundByTheTime() throws IOException {
    flipTheLastByte();
    FileIdentity now = FileIdentity.of(weights);
    assertThat(now.toString()).isNotEqualTo(opened).startsWith(Files.size(weights) + " bytes");
    assertThat(checkpoint.change()).contains(expected(now.toString()));
  }

  @Test
  void aFileCutShortOrGoneIsFound() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(weights.toFile(), "rw")) {
      bytes.setLength(100);
    }
    assertThat(checkpoint.change().orElseThrow()).startsWith(expected("100 bytes modified at "));
    Files.delete(weights);
    assertThat(checkpoint.change()).contains(expected("no file"));
    assertThat(Checkpoint.identity(weights.toString())).isEqualTo("no file");
  }

  @Test
  void anotherFileUnderTheSameNameIsFound() throws IOException {
    Path other = Files.copy(weights, temp.resolve("other"));
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(weights));
    Files.move(other, weights, StandardCopyOption.ATOMIC_MOVE);
    FileIdentity now = FileIdentity.of(weights);
    assertThat(now.modified()).isEqualTo(checkpoint.files().of(weights).modified());
    assertThat(checkpoint.change()).contains(expected(now.toString()));
  }

  @Test
  void aLinkStandsForTheFileBehindIt() throws IOException {
    Path blob = Files.move(weights, temp.resolve("blob"));
    Files.createSymbolicLink(weights, blob);
    assertThat(checkpoint.change()).isEmpty();
    Path other = Files.copy(blob, temp.resolve("other-blob"));
    Files.delete(weights);
    Files.createSymbolicLink(weights, other);
    assertThat(checkpoint.change()).contains(expected(FileIdentity.of(other).toString()));
  }

  @Test
  void theSmallFilesCountToo() throws IOException {
    Path tokenizer = checkpoint.folder().resolve("tokenizer.json");
    String before = Checkpoint.identity(tokenizer.toString());
    Files.writeString(tokenizer, Files.readString(tokenizer) + "\n");
    assertThat(checkpoint.change())
        .contains(
            "[%s] expected %s, as it was opened, found %s"
                .formatted(tokenizer, before, Checkpoint.identity(tokenizer.toString())));
    Path readme = Files.writeString(checkpoint.folder().resolve("README.md"), "text");
    assertThat(Checkpoint.open(checkpoint.folder()).change()).isEmpty();
    Files.writeString(readme, "other text");
    assertThat(Checkpoint.open(checkpoint.folder()).change()).isEmpty();
  }
}
