package io.touchstone.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.reward.Reward;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScorerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerScoresTest {

  @TempDir Path path;

  @Test
  void whatOneAttemptAddsTheNextKnows() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 500, 1);
    Scores.add(folder, Scores.MODEL, scores);
    assertThat(Scores.found(folder, Scores.MODEL, scores.keySet()))
        .isEqualTo(Scores.listed(scores));
    assertThat(Scores.found(folder, Scores.OTHER, scores.keySet())).isEmpty();
  }

  @Test
  void whatIsNotPublishedIsKnownToTheAttemptAlone() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 5, 1);
    PromptKey key = scores.firstKey();
    Reward reward = new Reward(new float[] {1.5f});
    try (LedgerScores ledger = LedgerScores.open(folder, Scores.MODEL, () -> {})) {
      assertThat(ledger.remember(key, reward)).isTrue();
      assertThat(ledger.remember(key, reward)).isFalse();
      assertThat(ledger.recent(key)).contains(reward);
      assertThat(ledger.find(scores.keySet())).containsOnlyKeys(key);
      assertThat(Scores.found(folder, Scores.MODEL, scores.keySet())).isEmpty();
    }
    assertThat(Scores.found(folder, Scores.MODEL, scores.keySet())).isEmpty();
    assertThat(path.resolve("_tmp")).isEmptyDirectory();
  }

  @Test
  void whatIsToldIsKnownToTheAttemptsBesideAndPublishedByThemToo() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 1, 1);
    PromptKey key = scores.firstKey();
    Reward reward = new Reward(scores.get(key));
    try (LedgerScores beside = LedgerScores.open(folder, Scores.MODEL, () -> {})) {
      try (LedgerScores other = LedgerScores.open(folder, Scores.OTHER, () -> {});
          LedgerScores failing = LedgerScores.open(folder, Scores.MODEL, () -> {})) {
        failing.tell(key, reward);
        assertThat(other.recent(key)).isEmpty();
      }
      assertThat(beside.recent(key)).contains(reward);
      beside.publish();
    }
    assertThat(Scores.found(folder, Scores.MODEL, scores.keySet()))
        .isEqualTo(Scores.listed(scores));
    try (LedgerScores later = LedgerScores.open(folder, Scores.MODEL, () -> {})) {
      assertThat(later.recent(key)).as("forgotten with the last attempt").isEmpty();
    }
  }

  @Test
  void anAttemptThatAddsMuchPublishesOnTheWayAndKnowsIt() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 1_050, 1);
    try (LedgerScores ledger = new LedgerScores(folder, Scores.MODEL, 100, () -> {})) {
      for (Map.Entry<PromptKey, float[]> score : scores.entrySet()) {
        ledger.remember(score.getKey(), new Reward(score.getValue()));
      }
      assertThat(Scores.volumes(path)).hasSize(10);
      assertThat(Scores.found(ledger, scores.keySet())).isEqualTo(Scores.listed(scores));
      ledger.publish();
      ledger.publish();
    }
    assertThat(Scores.volumes(path)).hasSize(11);
  }

  @Test
  void scoresOfAModelThatWasChangedAreKeptBack() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 101, 1);
    ScorerException changed = new ScorerException("changed");
    Runnable confirm =
        () -> {
          throw changed;
        };
    try (LedgerScores ledger = new LedgerScores(folder, Scores.MODEL, 100, confirm)) {
      assertThatThrownBy(
              () -> {
                for (Map.Entry<PromptKey, float[]> score : scores.entrySet()) {
                  ledger.remember(score.getKey(), new Reward(score.getValue()));
                }
              })
          .isSameAs(changed);
      assertThatThrownBy(ledger::publish).isSameAs(changed);
    }
    assertThat(Scores.volumes(path)).isEmpty();
    assertThat(path.resolve("_tmp")).isEmptyDirectory();
  }

  @Test
  void anAttemptThatIsRepeatedDoublesNothing() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 50, 1);
    Scores.add(folder, Scores.MODEL, scores);
    List<String> once = Scores.volumes(path);
    Scores.add(folder, Scores.MODEL, scores);
    assertThat(Scores.volumes(path)).isEqualTo(once).hasSize(1);
    assertThat(path.resolve("_tmp")).isEmptyDirectory();
  }

  @Test
  void writersAtOnceLoseNothing() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    TreeMap<PromptKey, float[]> all = Scores.random(random, 4_000, 1);
    List<Map.Entry<PromptKey, float[]>> entries = new ArrayList<>(all.entrySet());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> writers = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      TreeMap<PromptKey, float[]> some = new TreeMap<>();
      for (int i = 0; i < entries.size(); i++) {
        if (i % 8 == writer || random.nextInt(4) == 0) {
          some.put(entries.get(i).getKey(), entries.get(i).getValue());
        }
      }
      writers.add(
          threads.submit(
              () -> {
                Scores.add(Scores.folder(path), Scores.MODEL, some);
                return null;
              }));
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    threads.shutdown();
    assertThat(Scores.found(Scores.folder(path), Scores.MODEL, all.keySet()))
        .isEqualTo(Scores.listed(all));
  }

  @Test
  void readersAndWritersGoOnWhileOthersCompact() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> all = new TreeMap<>();
    ExecutorService compactors = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 15; round++) {
        TreeMap<PromptKey, float[]> more = Scores.random(random, 300, 1);
        Scores.add(folder, Scores.MODEL, more);
        all.putAll(more);
        try (LedgerScores reader = LedgerScores.open(folder, Scores.MODEL, () -> {})) {
          List<Future<?>> compacting = new ArrayList<>();
          compacting.add(
              compactors.submit(() -> new Ledger(folder, 1_000).compact(new EntryCount())));
          for (int look = 0; look < 20; look++) {
            List<PromptKey> some = new ArrayList<>(all.keySet());
            some.removeIf(key -> random.nextInt(10) > 0);
            TreeMap<PromptKey, float[]> expected = new TreeMap<>(all);
            expected.keySet().retainAll(some);
            assertThat(Scores.found(reader, some)).isEqualTo(Scores.listed(expected));
          }
          for (Future<?> one : compacting) {
            one.get();
          }
          assertThat(Scores.found(reader, all.keySet())).isEqualTo(Scores.listed(all));
        }
      }
    } finally {
      compactors.shutdown();
    }
    assertThat(Scores.volumes(path)).hasSize(5);
  }

  @Test
  void aVolumeThatGoesWhileItIsReadIsFoundInAnother() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 100, 1);
    Scores.add(folder, Scores.MODEL, new TreeMap<>(scores.headMap(scores.lastKey())));
    Scores.add(folder, Scores.MODEL, new TreeMap<>(scores.tailMap(scores.lastKey())));
    try (LedgerScores ledger = LedgerScores.open(folder, Scores.MODEL, () -> {})) {
      assertThat(new Ledger(folder).compact(new EntryCount()).volumesAfter()).isEqualTo(1);
      assertThat(Scores.found(ledger, scores.keySet())).isEqualTo(Scores.listed(scores));
    }
  }

  @Test
  void theSameHoldsWhereRenamesNeverOverwriteAndDeletedFilesCannotBeReadOn() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.careful.impl", CarefulFileSystem.class.getName());
    LedgerFolder folder = LedgerFolder.of("careful:" + path, hadoop);
    folder.begin();
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 100, 1);
    TreeMap<PromptKey, float[]> some = new TreeMap<>(scores.headMap(scores.lastKey()));
    Scores.add(folder, Scores.MODEL, some);
    Scores.add(folder, Scores.MODEL, some);
    assertThat(Scores.volumes(path)).hasSize(1);
    assertThat(path.resolve("_tmp")).isEmptyDirectory();
    try (LedgerScores ledger = LedgerScores.open(folder, Scores.MODEL, () -> {})) {
      assertThat(Scores.found(ledger, some.keySet())).isEqualTo(Scores.listed(some));
      Scores.add(folder, Scores.MODEL, new TreeMap<>(scores.tailMap(scores.lastKey())));
      new Ledger(folder).compact(new EntryCount());
      assertThat(Scores.found(ledger, scores.keySet())).isEqualTo(Scores.listed(scores));
    }
  }

  @Test
  void aDamagedVolumeIsAnErrorThatNamesIt() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 100, 1);
    Scores.add(folder, Scores.MODEL, scores);
    String name = Scores.volumes(path).get(0);
    Path file = path.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[60] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Scores.found(folder, Scores.MODEL, scores.keySet()))
        .isInstanceOf(DamagedLedgerException.class)
        .hasMessageStartingWith(
            "[file:" + file + "] byte offset 8: expected 2000 bytes of CRC-32C");
    assertThatThrownBy(() -> new Ledger(folder).verify(new EntryCount()))
        .isInstanceOf(DamagedLedgerException.class)
        .hasMessageContaining(name);
  }

  @Test
  void aVolumeUnderAnotherModelsNameIsRefused() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 10, 3);
    Scores.add(folder, Scores.OTHER, scores);
    String name = Scores.volumes(path).get(0);
    String wrong = VolumeName.prefix(Scores.MODEL) + name.substring(17);
    Files.move(path.resolve(name), path.resolve(wrong));
    assertThatThrownBy(() -> LedgerScores.open(folder, Scores.MODEL, () -> {}))
        .isInstanceOf(DamagedLedgerException.class)
        .hasMessageContaining(wrong)
        .hasMessageContaining("expected scores as its name says, found others");
  }

  @Test
  void scoresThatCannotBeAddedAreAnErrorThatNamesTheLedger() throws IOException {
    LedgerFolder folder = Scores.folder(path);
    Files.delete(path.resolve("_tmp"));
    Files.writeString(path.resolve("_tmp"), "a file where a folder should be");
    TreeMap<PromptKey, float[]> scores = Scores.random(new Random(1), 3, 1);
    assertThatThrownBy(() -> Scores.add(folder, Scores.MODEL, scores))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("[file:" + path + "] scores cannot be added: ");
    assertThat(Scores.found(folder, Scores.MODEL, scores.keySet())).isEmpty();
  }

  @Test
  void refusesAFolderOfOtherThingsAndAFile() throws IOException {
    Path output = Files.createDirectory(path.resolve("out"));
    Files.writeString(output.resolve("part-00000.jsonl"), "");
    assertThatThrownBy(() -> Scores.folder(output))
        .hasMessage(
            "[file:"
                + output
                + "] expected a ledger's folder or an empty one, found in it part-00000.jsonl");
    Path file = Files.writeString(path.resolve("file"), "");
    assertThatThrownBy(() -> Scores.folder(file))
        .hasMessage("[file:" + file + "] expected a ledger's folder, found a file");
    assertThatThrownBy(
            () -> new Ledger(LedgerFolder.of(path + "/none", new Configuration())).contents())
        .hasMessage("[file:" + path + "/none] expected a ledger's folder, found none");
  }
}
