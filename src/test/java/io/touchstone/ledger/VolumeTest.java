package io.touchstone.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.reward.Reward;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VolumeTest {

  @TempDir java.nio.file.Path folder;
  private FileSystem files;

  @BeforeEach
  void openFilesystem() throws IOException {
    files = ((LocalFileSystem) FileSystem.getLocal(new Configuration())).getRaw();
  }

  private java.nio.file.Path write(Map<PromptKey, float[]> scores, int outputs) throws IOException {
    java.nio.file.Path file = folder.resolve("volume");
    try (OutputStream out = Files.newOutputStream(file);
        VolumeWriter writer =
            new VolumeWriter(out, new ScoreIdentity("model a\n", outputs), scores.size())) {
      for (Map.Entry<PromptKey, float[]> score : scores.entrySet()) {
        writer.add(score.getKey(), score.getValue());
      }
      writer.finish();
    }
    return file;
  }

  private Volume open(java.nio.file.Path file) throws IOException {
    return Volume.open(files, new Path(file.toUri()), Files.size(file));
  }

  private Map<PromptKey, Reward> find(Volume volume, List<PromptKey> keys) throws IOException {
    Map<PromptKey, Reward> found = new HashMap<>();
    try (VolumeReader reader = new VolumeReader(volume, files)) {
      reader.find(keys, found);
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_024})
  void knowsWhatWasWrittenAndNothingElse(int outputs) throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int count : new int[] {1, 2, 204, 205, 3_000}) {
      if ((long) count * outputs > 600_000) {
        continue;
      }
      TreeMap<PromptKey, float[]> scores = Scores.random(random, count, outputs);
      Volume volume = open(write(scores, outputs));
      List<PromptKey> asked = new ArrayList<>(Scores.random(random, 2_000, 1).keySet());
      for (PromptKey key : scores.keySet()) {
        if (random.nextInt(3) > 0) {
          asked.add(key);
        }
      }
      asked.sort(null);
      TreeMap<PromptKey, float[]> expected = new TreeMap<>(scores);
      expected.keySet().retainAll(asked);
      TreeMap<PromptKey, float[]> found = new TreeMap<>();
      find(volume, asked).forEach((key, reward) -> found.put(key, reward.values()));
      assertThat(Scores.listed(found)).isEqualTo(Scores.listed(expected));
    }
  }

  @Test
  void knowsTheSmallestAndTheGreatestKey() throws IOException {
    TreeMap<PromptKey, float[]> scores = new TreeMap<>();
    scores.put(new PromptKey(0, 0), new float[] {1});
    scores.put(new PromptKey(-1, -1), new float[] {2});
    scores.put(new PromptKey(Long.MAX_VALUE, Long.MIN_VALUE), new float[] {3});
    Volume volume = open(write(scores, 1));
    assertThat(find(volume, List.copyOf(scores.keySet()))).hasSize(3);
    assertThat(find(volume, List.of(new PromptKey(0, 1)))).isEmpty();
  }

  @Test
  void oneOtherByteAnywhereIsFound() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    TreeMap<PromptKey, float[]> scores = Scores.random(random, 300, 1);
    java.nio.file.Path file = write(scores, 1);
    byte[] whole = Files.readAllBytes(file);
    List<PromptKey> keys = List.copyOf(scores.keySet());
    assertThat(find(open(file), keys)).hasSize(300);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      assertThatThrownBy(() -> find(open(file), keys))
          .as("byte %d of %d", at, whole.length)
          .isInstanceOf(DamagedLedgerException.class)
          .hasMessageMatching(
              "\\[file:.*volume\\] byte offset \\d+: .*; the file is damaged: delete it, and its"
                  + " scores are computed again");
    }
  }

  @Test
  void aFileThatEndsTooSoonOrTooLateIsFound() throws IOException {
    java.nio.file.Path file = write(Scores.random(new Random(7), 300, 1), 1);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 1 + length / 40) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> open(file))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(DamagedLedgerException.class);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> open(file)).isInstanceOf(DamagedLedgerException.class);
  }

  @Test
  void aFileThatEndsAfterItWasOpenedIsFound() throws IOException {
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(7), 300, 1);
    java.nio.file.Path file = write(scores, 1);
    Volume volume = open(file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
    assertThatThrownBy(() -> find(volume, List.copyOf(scores.keySet())))
        .isInstanceOf(DamagedLedgerException.class)
        .hasMessageContaining("byte offset 8: expected ")
        .hasMessageContaining("found the end of the file");
  }

  @Test
  void aScoreThatIsNoneIsRefused() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      TreeMap<PromptKey, float[]> scores = Scores.random(new Random(7), 10, 2);
      PromptKey key = scores.firstKey();
      scores.put(key, new float[] {1, bad});
      Volume volume = open(write(scores, 2));
      assertThatThrownBy(() -> find(volume, List.of(key)))
          .isInstanceOf(DamagedLedgerException.class)
          .hasMessageContaining("byte offset 8: expected a finite score, found " + bad);
    }
  }

  @Test
  void aScanReadsAllInOrderAndRefusesAnotherOrder() throws IOException {
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(7), 20_000, 1);
    java.nio.file.Path file = write(scores, 1);
    TreeMap<PromptKey, float[]> read = new TreeMap<>();
    try (VolumeScan scan = new VolumeScan(open(file), files)) {
      for (PromptKey key = scan.next(); key != null; key = scan.next()) {
        assertThat(read.isEmpty() || read.lastKey().compareTo(key) < 0).isTrue();
        read.put(key, scan.values());
      }
    }
    assertThat(Scores.listed(read)).isEqualTo(Scores.listed(scores));
    assertThatThrownBy(() -> write(scores.descendingMap(), 1))
        .hasMessage("ledger: expected a greater key than the last and 1 values, found 1");
  }
}
