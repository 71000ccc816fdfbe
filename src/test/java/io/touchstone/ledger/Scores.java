package io.touchstone.ledger;

import io.touchstone.reward.Reward;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Scores made up for tests, and ledgers of them. */
final class Scores {

  static final ScoreIdentity MODEL = new ScoreIdentity("model a\n", 1);
  static final ScoreIdentity OTHER = new ScoreIdentity("model b\n", 3);

  private Scores() {}

  static LedgerFolder folder(Path path) throws IOException {
    LedgerFolder folder = LedgerFolder.of(path.toString(), new Configuration());
    folder.begin();
    return folder;
  }

  static TreeMap<PromptKey, float[]> random(Random random, int count, int outputs) {
    TreeMap<PromptKey, float[]> scores = new TreeMap<>();
    while (scores.size() < count) {
      scores.put(new PromptKey(random.nextLong(), random.nextLong()), values(random, outputs));
    }
    return scores;
  }

  static float[] values(Random random, int outputs) {
    float[] values = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** One attempt that adds scores and ends. */
  static void add(LedgerFolder folder, ScoreIdentity identity, Map<PromptKey, float[]> scores)
      throws IOException {
    try (LedgerScores ledger = LedgerScores.open(folder, identity, () -> {})) {
      for (Map.Entry<PromptKey, float[]> score : scores.entrySet()) {
        ledger.remember(score.getKey(), new Reward(score.getValue()));
      }
      ledger.publish();
    }
  }

  /** What an attempt that begins now knows of some keys. */
  static TreeMap<PromptKey, List<Float>> found(
      LedgerFolder folder, ScoreIdentity identity, Iterable<PromptKey> keys) throws IOException {
    try (LedgerScores ledger = LedgerScores.open(folder, identity, () -> {})) {
      return found(ledger, keys);
    }
  }

  static TreeMap<PromptKey, List<Float>> found(LedgerScores ledger, Iterable<PromptKey> keys)
      throws IOException {
    List<PromptKey> asked = new ArrayList<>();
    keys.forEach(asked::add);
    TreeMap<PromptKey, float[]> found = new TreeMap<>();
    ledger.find(asked).forEach((key, reward) -> found.put(key, reward.values()));
    return listed(found);
  }

  /** Comparable by content. */
  static TreeMap<PromptKey, List<Float>> listed(Map<PromptKey, float[]> scores) {
    TreeMap<PromptKey, List<Float>> listed = new TreeMap<>();
    scores.forEach(
        (key, values) -> {
          List<Float> list = new ArrayList<>();
          for (float value : values) {
            list.add(value);
          }
          listed.put(key, list);
        });
    return listed;
  }

  /** Names of a ledger's volumes, in order. */
  static List<String> volumes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(VolumeName::isOne)
          .sorted()
          .toList();
    }
  }
}
