package io.touchstone.ledger;

import io.touchstone.files.Filesystems;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.ScoreIdentity;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder of volumes. Any number of jobs may add to it at once, while one or more compact it: a
 * volume appears whole and is never changed, and it goes only after another has what it had.
 */
public final class LedgerFolder {

  private static final String TEMPORARY = "_tmp";

  /** A reader that lists while others compact may have to list again. */
  private static final int MOST_LISTINGS = 100;

  /** A file that is still being written is younger. */
  private static final long LEFTOVER_MILLIS = 24 * 3_600_000L;

  /** Shared by all tasks of this process; a volume's name says what is in it. */
  private static final Map<String, Volume> OPENED = new ConcurrentHashMap<>();

  private final Path root;
  private final FileSystem files;

  private LedgerFolder(Path root, FileSystem files) {
    this.root = root;
    this.files = files;
  }

  /** Looks at nothing yet. */
  public static LedgerFolder of(String path, Configuration hadoop) throws IOException {
    Path root = new Path(path);
    FileSystem files = Filesystems.forOutput(root, hadoop);
    return new LedgerFolder(files.makeQualified(root), files);
  }

  /**
   * Looks without touching anything.
   *
   * @throws IOException if it is no ledger, and cannot become one
   */
  public void check() throws IOException {
    for (FileStatus file : Filesystems.list(files, root)) {
      if (file.getPath().equals(root)) {
        throw new IOException(Problem.in(root).expected("a ledger's folder").found("a file"));
      }
      if (!isOurs(file)) {
        throw new IOException(
            Problem.in(root)
                .expected("a ledger's folder or an empty one")
                .found("in it " + file.getPath().getName()));
      }
    }
  }

  /**
   * @throws FileNotFoundException if there is no such folder
   */
  void expectLedger() throws IOException {
    if (!files.exists(root)) {
      throw new FileNotFoundException(Problem.in(root).expected("a ledger's folder").found("none"));
    }
    check();
  }

  /** Makes the folder, if there is none. */
  public void begin() throws IOException {
    check();
    files.mkdirs(temporary());
  }

  private static boolean isOurs(FileStatus file) {
    String name = file.getPath().getName();
    return name.startsWith("_") || name.startsWith(".") || VolumeName.isOne(name);
  }

  private Path temporary() {
    return new Path(root, TEMPORARY);
  }

  FileSystem files() {
    return files;
  }

  /** The volumes of all that is in the ledger, in the order of their names. */
  List<Volume> volumes() throws IOException {
    return volumes("");
  }

  /**
   * The volumes with scores that depend on the same, in the order of their names.
   *
   * @throws DamagedLedgerException if one of them is not what was once written
   */
  List<Volume> volumes(ScoreIdentity identity) throws IOException {
    List<Volume> volumes = volumes(VolumeName.prefix(identity));
    for (Volume volume : volumes) {
      if (!volume.index().identity().equals(identity)) {
        throw new DamagedLedgerException(
            volume.path(), 0, "expected scores as its name says, found others");
      }
    }
    return volumes;
  }

  private List<Volume> volumes(String prefix) throws IOException {
    for (int listing = 1; ; listing++) {
      try {
        List<Volume> volumes = new ArrayList<>();
        for (FileStatus file : Filesystems.list(files, root)) {
          String name = file.getPath().getName();
          if (VolumeName.isOne(name) && name.startsWith(prefix)) {
            volumes.add(opened(file));
          }
        }
        volumes.sort(Comparator.comparing(volume -> volume.path().getName()));
        return volumes;
      } catch (FileNotFoundException e) {
        // Compacted away between the listing and the opening; another volume has it now.
        if (listing == MOST_LISTINGS) {
          throw e;
        }
      }
    }
  }

  private Volume opened(FileStatus file) throws IOException {
    String name = file.getPath().toString();
    Volume known = OPENED.get(name);
    if (known != null && known.bytes() == file.getLen()) {
      return known;
    }
    Volume volume = Volume.open(files, file.getPath(), file.getLen());
    OPENED.put(name, volume);
    return volume;
  }

  boolean has(Volume volume) throws IOException {
    boolean has = files.exists(volume.path());
    if (!has) {
      OPENED.remove(volume.path().toString());
    }
    return has;
  }

  /** Where a volume is written until it is whole. */
  Path scratch() {
    return new Path(temporary(), UUID.randomUUID() + ".scores");
  }

  /**
   * Makes a written volume one of the ledger's. If there is one of its name already, that is the
   * same.
   */
  Volume publish(Path written, String name) throws IOException {
    Path target = new Path(root, name);
    if (!files.rename(written, target)) {
      if (!files.exists(target)) {
        throw new IOException(
            Problem.in(target).expected("to be placed").found("that it is not there"));
      }
      files.delete(written, false);
    }
    return opened(files.getFileStatus(target));
  }

  /** Forgets a volume whose entries others have. */
  void remove(Volume volume) throws IOException {
    files.delete(volume.path(), false);
    OPENED.remove(volume.path().toString());
  }

  /** Deletes what writers that died have left. */
  void sweep(long nowMillis) throws IOException {
    for (FileStatus file : Filesystems.list(files, temporary())) {
      if (nowMillis - file.getModificationTime() > LEFTOVER_MILLIS) {
        files.delete(file.getPath(), false);
      }
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
