package io.touchstone.ledger;

import io.touchstone.scoring.PromptKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;

/**
 * How fast keys are found among many, before and after the ledger is compacted: 1,024 at a time, as
 * a task asks, of which all are known, or none.
 *
 * <p>{@code mvn test-compile dependency:build-classpath -Dmdep.outputFile=target/cp}, then {@code
 * java -Xmx512m -cp target/classes:target/test-classes:$(cat target/cp)
 * io.touchstone.ledger.LedgerBenchmark FOLDER 10000000}: entries to make up in FOLDER, which must
 * be empty.
 */
final class LedgerBenchmark {

  private static final int ENTRIES_PER_VOLUME = 100_000;
  private static final int AT_ONCE = 1_024;
  private static final int ROUNDS = 200;

  private LedgerBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    int entries = Integer.parseInt(arguments[1]);
    LedgerFolder folder = Scores.folder(path);
    List<Long> seeds = new ArrayList<>();
    long start = System.nanoTime();
    for (long seed = 0; seed * ENTRIES_PER_VOLUME < entries; seed++) {
      seeds.add(seed);
      Scores.add(folder, Scores.MODEL, volume(seed));
    }
    print("made up and published", entries, start);
    lookUp(folder, seeds);
    start = System.nanoTime();
    Compaction done = new Ledger(folder).compact(new EntryCount());
    print("compacted", entries, start);
    System.out.printf(
        Locale.ROOT, "%d volumes, which were %d%n", done.volumesAfter(), done.volumesBefore());
    lookUp(folder, seeds);
    start = System.nanoTime();
    new Ledger(folder).verify(new EntryCount());
    print("verified", entries, start);
  }

  private static TreeMap<PromptKey, float[]> volume(long seed) {
    return Scores.random(new Random(seed), ENTRIES_PER_VOLUME, 1);
  }

  private static void lookUp(LedgerFolder folder, List<Long> seeds) throws IOException {
    Random random = new Random(-7);
    List<List<PromptKey>> known = new ArrayList<>();
    List<List<PromptKey>> unknown = new ArrayList<>();
    List<PromptKey> pool = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pool.addAll(volume(seeds.get(random.nextInt(seeds.size()))).keySet());
    }
    for (int round = 0; round < ROUNDS; round++) {
      List<PromptKey> keys = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        keys.add(pool.get(random.nextInt(pool.size())));
      }
      known.add(keys);
      unknown.add(List.copyOf(Scores.random(random, AT_ONCE, 1).keySet()));
    }
    pool.clear();
    long start = System.nanoTime();
    try (LedgerScores ledger = LedgerScores.open(folder, Scores.MODEL, () -> {})) {
      print(
          "opened, of volumes",
          Scores.volumes(Path.of(folder.toString().substring(5))).size(),
          start);
      for (int time = 0; time < 2; time++) {
        start = System.nanoTime();
        for (List<PromptKey> keys : known) {
          if (!ledger.find(keys).keySet().containsAll(keys)) {
            throw new IllegalStateException("expected every key to be known, found some are not");
          }
        }
        print("known keys", ROUNDS * AT_ONCE, start);
        start = System.nanoTime();
        for (List<PromptKey> keys : unknown) {
          if (!ledger.find(keys).isEmpty()) {
            throw new IllegalStateException("expected no key to be known, found some are");
          }
        }
        print("unknown keys", ROUNDS * AT_ONCE, start);
      }
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          Locale.ROOT,
          "heap in use %d MiB of %d%n",
          (runtime.totalMemory() - runtime.freeMemory()) >> 20,
          runtime.maxMemory() >> 20);
    }
  }

  private static void print(String what, long count, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-24s %,12d in %7.2f s, %,12.0f a second%n",
        what,
        count,
        seconds,
        count / seconds);
  }
}
