package io.touchstone.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.touchstone.scoring.PromptKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {

  @TempDir Path path;

  @Test
  void compactingKeepsEveryScoreOfEachModelOnce() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> all = new TreeMap<>();
    for (int volume = 0; volume < 150; volume++) {
      TreeMap<PromptKey, float[]> some = Scores.random(random, 1 + random.nextInt(40), 1);
      all.forEach(
          (key, values) -> {
            if (random.nextInt(100) == 0) {
              some.put(key, values);
            }
          });
      all.putAll(some);
      Scores.add(folder, Scores.MODEL, some);
    }
    TreeMap<PromptKey, float[]> others = Scores.random(random, 30, 3);
    Scores.add(folder, Scores.OTHER, others);
    Scores.add(folder, Scores.OTHER, new TreeMap<>(others.headMap(others.lastKey())));
    assertThat(Scores.volumes(path)).hasSize(152);

    Compaction done = new Ledger(folder, 1_000).compact(new EntryCount());

    int least = (all.size() + 999) / 1_000;
    assertThat(done.volumesBefore()).isEqualTo(152);
    assertThat(done.volumesAfter()).isEqualTo(least + 1);
    assertThat(done.entries()).isEqualTo(all.size() + 30);
    assertThat(done.repeated()).isGreaterThanOrEqualTo(29);
    assertThat(done.disagreeing()).isZero();
    assertThat(Scores.volumes(path)).hasSize(least + 1);
    assertThat(Scores.found(folder, Scores.MODEL, all.keySet())).isEqualTo(Scores.listed(all));
    assertThat(Scores.found(folder, Scores.OTHER, others.keySet()))
        .isEqualTo(Scores.listed(others));
    assertThat(new Ledger(folder).verify(new EntryCount())).isEqualTo(all.size() + 30);

    List<String> before = Scores.volumes(path);
    assertThat(new Ledger(folder, 1_000).compact(new EntryCount()).repeated()).isZero();
    assertThat(Scores.volumes(path)).isEqualTo(before);
  }

  @Test
  void ofTwoScoresThatDifferOneIsKeptAndTheyAreCounted() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    PromptKey key = new PromptKey(1, 2);
    Scores.add(folder, Scores.MODEL, Map.of(key, new float[] {1.5f}));
    Scores.add(folder, Scores.MODEL, Map.of(key, new float[] {1.25f}));
    assertThat(new Ledger(folder).compact(new EntryCount()))
        .isEqualTo(new Compaction(2, 1, 1, 1, 1));
    assertThat(Scores.found(folder, Scores.MODEL, List.of(key)).get(key))
        .isSubsetOf(1.5f, 1.25f)
        .hasSize(1);
  }

  @Test
  void compactingADamagedVolumeNamesItAndTakesNothingAway() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    Scores.add(folder, Scores.MODEL, Scores.random(new Random(1), 100, 1));
    Scores.add(folder, Scores.MODEL, Scores.random(new Random(2), 100, 1));
    List<String> names = Scores.volumes(path);
    Path file = path.resolve(names.get(1));
    byte[] bytes = Files.readAllBytes(file);
    bytes[1_000] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> new Ledger(folder).compact(new EntryCount()))
        .isInstanceOf(DamagedLedgerException.class)
        .hasMessageContaining(names.get(1));
    assertThat(Scores.volumes(path)).isEqualTo(names);
    assertThat(path.resolve("_tmp")).isEmptyDirectory();
  }

  @Test
  void saysWhatThereIsOfEachModel() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    Scores.add(folder, Scores.MODEL, Scores.random(new Random(1), 100, 1));
    Scores.add(folder, Scores.MODEL, Scores.random(new Random(2), 50, 1));
    Scores.add(folder, Scores.OTHER, Scores.random(new Random(3), 10, 3));
    assertThat(new Ledger(folder).contents())
        .extracting(LedgerContent::identity, LedgerContent::volumes, LedgerContent::entries)
        .containsExactlyInAnyOrder(tuple(Scores.MODEL, 2, 150L), tuple(Scores.OTHER, 1, 10L));
    assertThat(new Ledger(folder).contents().stream().mapToLong(LedgerContent::bytes).sum())
        .isEqualTo(
            Scores.volumes(path).stream()
                .mapToLong(name -> path.resolve(name).toFile().length())
                .sum());
  }

  @Test
  void compactingSweepsWhatDeadWritersLeftAndNothingYounger() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    Path old = Files.writeString(path.resolve("_tmp/old.scores"), "x");
    Files.setLastModifiedTime(
        old, FileTime.fromMillis(System.currentTimeMillis() - 25 * 3_600_000L));
    Path young = Files.writeString(path.resolve("_tmp/young.scores"), "x");
    new Ledger(folder).compact(new EntryCount());
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }
}
