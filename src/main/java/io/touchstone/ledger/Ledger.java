package io.touchstone.ledger;

import io.touchstone.scoring.ScoreIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be done to a whole ledger, by one process, while jobs use it. */
public final class Ledger {

  /** Files that a merge has open. */
  private static final int MOST_MERGED = 64;

  private final LedgerFolder folder;
  private final int mostEntries;

  /**
   * @throws java.io.FileNotFoundException if there is no such folder
   */
  public Ledger(LedgerFolder folder) throws IOException {
    this(folder, VolumeLayout.MOST_ENTRIES);
  }

  /**
   * @param mostEntries of a volume that is made
   */
  Ledger(LedgerFolder folder, int mostEntries) throws IOException {
    folder.expectLedger();
    this.folder = folder;
    this.mostEntries = mostEntries;
  }

  /**
   * Reads every index, and no entry.
   *
   * @throws DamagedLedgerException if one is not what was once written
   */
  public List<LedgerContent> contents() throws IOException {
    return byIdentity().values().stream()
        .map(
            volumes ->
                new LedgerContent(
                    volumes.get(0).index().identity(),
                    volumes.size(),
                    entries(volumes),
                    volumes.stream().mapToLong(Volume::bytes).sum()))
        .toList();
  }

  /**
   * Reads every entry.
   *
   * @param count told of each
   * @return how many there are, those that are there twice counted twice
   * @throws DamagedLedgerException if one is not what was once written
   */
  public long verify(EntryCount count) throws IOException {
    long entries = 0;
    List<Volume> volumes = folder.volumes();
    count.expect(entries(volumes));
    for (Volume volume : volumes) {
      try (VolumeScan scan = new VolumeScan(volume, folder.files())) {
        while (scan.next() != null) {
          scan.values();
          count.read();
          entries++;
        }
      }
    }
    return entries;
  }

  /**
   * Merges volumes with scores that depend on the same. A job that reads meanwhile finds the same
   * scores; what it adds stays for the next time.
   *
   * @param count told of each entry that is read
   * @throws DamagedLedgerException if a volume is not what was once written; nothing of it is lost
   */
  public Compaction compact(EntryCount count) throws IOException {
    Compaction all = Compaction.NOTHING;
    Map<ScoreIdentity, List<Volume>> byIdentity = byIdentity();
    byIdentity.values().stream()
        .filter(volumes -> volumes.size() > leastVolumes(volumes))
        .forEach(volumes -> count.expect(entries(volumes)));
    for (List<Volume> volumes : byIdentity.values()) {
      all = all.plus(compact(volumes, count));
    }
    folder.sweep(System.currentTimeMillis());
    return all;
  }

  private Compaction compact(List<Volume> volumes, EntryCount count) throws IOException {
    List<Volume> left = new ArrayList<>(volumes);
    long repeated = 0;
    long disagreeing = 0;
    while (left.size() > leastVolumes(left)) {
      left.sort(Comparator.comparingInt(volume -> volume.index().entries()));
      List<Volume> group = List.copyOf(left.subList(0, Math.min(MOST_MERGED, left.size())));
      List<Volume> merged;
      try (Merge merge = new Merge(folder, group, mostEntries)) {
        merged = merge.run(count);
        repeated += merge.repeated();
        disagreeing += merge.disagreeing();
      }
      for (Volume old : group) {
        if (merged.stream().noneMatch(volume -> volume.path().equals(old.path()))) {
          folder.remove(old);
        }
      }
      left.removeAll(group);
      left.addAll(merged);
      if (left.size() > merged.size()) {
        // They go into the next merge.
        count.expect(entries(merged));
      }
      if (merged.size() >= group.size()) {
        break;
      }
    }
    return new Compaction(volumes.size(), left.size(), entries(left), repeated, disagreeing);
  }

  private long leastVolumes(List<Volume> volumes) {
    return (entries(volumes) + mostEntries - 1) / mostEntries;
  }

  private static long entries(List<Volume> volumes) {
    return volumes.stream().mapToLong(volume -> volume.index().entries()).sum();
  }

  private Map<ScoreIdentity, List<Volume>> byIdentity() throws IOException {
    Map<ScoreIdentity, List<Volume>> byIdentity = new LinkedHashMap<>();
    for (Volume volume : folder.volumes()) {
      byIdentity.computeIfAbsent(volume.index().identity(), key -> new ArrayList<>()).add(volume);
    }
    return byIdentity;
  }
}
