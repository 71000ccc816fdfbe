package io.touchstone.ledger;

import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges volumes with scores that depend on the same, in the memory of a few blocks of each and one
 * index.
 */
final class Merge implements Closeable {

  private final LedgerFolder folder;
  private final ScoreIdentity identity;
  private final int mostEntries;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::key).thenComparingInt(Head::volume));
  private final List<VolumeScan> scans = new ArrayList<>();
  private final List<Volume> merged = new ArrayList<>();
  private long left;
  private long repeated;
  private long disagreeing;

  /** A volume by its next entry. */
  private record Head(PromptKey key, int volume) {}

  /**
   * @param mostEntries of each new volume
   */
  Merge(LedgerFolder folder, List<Volume> volumes, int mostEntries) throws IOException {
    this.folder = folder;
    this.identity = volumes.get(0).index().identity();
    this.mostEntries = mostEntries;
    try {
      for (Volume volume : volumes) {
        left += volume.index().entries();
        scans.add(new VolumeScan(volume, folder.files()));
        advance(scans.size() - 1);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Publishes the new volumes; the old ones stay.
   *
   * @param count told of each entry that is read
   * @throws DamagedLedgerException if one of the volumes is not what was once written
   */
  List<Volume> run(EntryCount count) throws IOException {
    while (!heads.isEmpty()) {
      int most = (int) Math.min(mostEntries, left);
      try (Scratch scratch = new Scratch(folder, identity, most)) {
        while (scratch.writer().entries() < mostEntries && !heads.isEmpty()) {
          copyNext(scratch.writer(), count);
        }
        merged.add(scratch.publish());
      }
    }
    return List.copyOf(merged);
  }

  private void copyNext(VolumeWriter to, EntryCount count) throws IOException {
    Head first = heads.remove();
    float[] values = scans.get(first.volume).values();
    to.add(first.key, values);
    left--;
    count.read();
    advance(first.volume);
    while (!heads.isEmpty() && heads.element().key.equals(first.key)) {
      Head same = heads.remove();
      repeated++;
      left--;
      count.read();
      disagreeing += Arrays.equals(values, scans.get(same.volume).values()) ? 0 : 1;
      advance(same.volume);
    }
  }

  private void advance(int volume) throws IOException {
    PromptKey next = scans.get(volume).next();
    if (next != null) {
      heads.add(new Head(next, volume));
    }
  }

  /** Entries that more than one volume had. */
  long repeated() {
    return repeated;
  }

  /** Those of them whose scores differed; the first volume's was kept. */
  long disagreeing() {
    return disagreeing;
  }

  @Override
  public void close() throws IOException {
    for (VolumeScan scan : scans) {
      scan.close();
    }
  }
}
