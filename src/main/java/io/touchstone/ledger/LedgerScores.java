package io.touchstone.ledger;

import io.touchstone.problem.Problem;
import io.touchstone.reward.Reward;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import io.touchstone.scoring.prompt.PromptKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;

/**
 * The scores of a ledger as one attempt at one piece sees them: those that were there when it
 * began, its own, and what attempts beside it in this process have computed. What it adds is
 * published before the piece is committed: an attempt that dies later has left scores that are
 * true, and equal ones of another attempt are the same volume.
 */
public final class LedgerScores implements KnownScores {

  private static final int ROWS_AT_ONCE = 1_024;

  /** About 15 MB; more are published on the way. */
  static final int MOST_FRESH = 128 << 10;

  private static final int MOST_LISTINGS = 100;

  /** Files that an attempt has open. */
  private static final int MOST_OPEN = 64;

  private final LedgerFolder folder;
  private final ScoreIdentity identity;
  private final PromptKeys keys;
  private final int mostFresh;
  private final Runnable confirm;
  private final Map<PromptKey, Reward> fresh = new ConcurrentHashMap<>();
  private final Map<Path, VolumeReader> readers = new HashMap<>();
  private final RecentScores recent;
  private volatile List<Volume> volumes;

  /**
   * @param mostFresh scores that are not published yet
   * @param confirm as in {@link #open}
   */
  LedgerScores(LedgerFolder folder, ScoreIdentity identity, int mostFresh, Runnable confirm)
      throws IOException {
    this.folder = folder;
    this.identity = identity;
    this.keys = new PromptKeys(identity);
    this.mostFresh = mostFresh;
    this.confirm = confirm;
    this.recent = RecentScores.join(folder, identity);
    try {
      this.volumes = folder.volumes(identity);
    } catch (IOException | RuntimeException e) {
      recent.leave();
      throw e;
    }
  }

  /**
   * @param confirm called when all scores of a file are known, and before others see it: fails if
   *     they are not those of the model
   */
  public static LedgerScores open(LedgerFolder folder, ScoreIdentity identity, Runnable confirm)
      throws IOException {
    return new LedgerScores(folder, identity, MOST_FRESH, confirm);
  }

  @Override
  public int rowsAtOnce() {
    return ROWS_AT_ONCE;
  }

  @Override
  public List<PromptKey> keys(PreparedRow row) {
    return keys.of(row);
  }

  @Override
  public Map<PromptKey, Reward> find(Collection<PromptKey> sought) throws IOException {
    Map<PromptKey, Reward> found = new HashMap<>();
    List<PromptKey> sorted = new ArrayList<>();
    for (PromptKey key : sought) {
      Reward reward = fresh.get(key);
      if (reward == null) {
        sorted.add(key);
      } else {
        found.put(key, reward);
      }
    }
    sorted.sort(null);
    for (int listing = 1; !findIn(volumes, sorted, found); listing++) {
      if (listing == MOST_LISTINGS) {
        throw new IOException(
            Problem.in(folder)
                .expected("its files to stay for a while")
                .found("them gone each time"));
      }
      listAgain();
    }
    return found;
  }

  /**
   * @return false if a volume has gone, because others were compacted into one
   */
  private boolean findIn(List<Volume> among, List<PromptKey> sorted, Map<PromptKey, Reward> found)
      throws IOException {
    for (Volume volume : among) {
      try {
        reader(volume).find(sorted, found);
      } catch (IOException e) {
        if (folder.has(volume)) {
          throw e;
        }
        return false;
      }
    }
    return true;
  }

  private VolumeReader reader(Volume volume) throws IOException {
    VolumeReader reader = readers.get(volume.path());
    if (reader == null) {
      if (readers.size() == MOST_OPEN) {
        closeReaders();
        readers.clear();
      }
      reader = new VolumeReader(volume, folder.files());
      readers.put(volume.path(), reader);
    }
    return reader;
  }

  @Override
  public Optional<Reward> recent(PromptKey key) {
    Reward own = fresh.get(key);
    if (own != null) {
      return Optional.of(own);
    }
    Optional<Reward> other = recent.get(key);
    // It is published with this piece too: the attempt that computed it may yet fail.
    if (other.isPresent() && fresh.size() < mostFresh) {
      fresh.put(key, other.get());
    }
    return other;
  }

  @Override
  public void tell(PromptKey key, Reward reward) {
    recent.add(key, reward);
  }

  @Override
  public boolean remember(PromptKey key, Reward reward) throws IOException {
    boolean added = fresh.putIfAbsent(key, reward) == null;
    if (fresh.size() >= mostFresh) {
      publish();
    }
    return added;
  }

  @Override
  public void publish() throws IOException {
    if (fresh.isEmpty()) {
      return;
    }
    try (Scratch scratch = new Scratch(folder, identity, fresh.size())) {
      for (Map.Entry<PromptKey, Reward> entry : new TreeMap<>(fresh).entrySet()) {
        scratch.writer().add(entry.getKey(), entry.getValue().values());
      }
      confirm.run();
      add(scratch.publish());
    } catch (IOException e) {
      throw new IOException("[" + folder + "] scores cannot be added: " + e.getMessage(), e);
    }
    fresh.clear();
  }

  private synchronized void add(Volume volume) {
    List<Volume> all = new ArrayList<>(volumes);
    all.add(volume);
    volumes = List.copyOf(all);
  }

  private synchronized void listAgain() throws IOException {
    volumes = folder.volumes(identity);
  }

  @Override
  public void close() throws IOException {
    recent.leave();
    closeReaders();
  }

  private void closeReaders() throws IOException {
    for (VolumeReader reader : readers.values()) {
      reader.close();
    }
  }
}
