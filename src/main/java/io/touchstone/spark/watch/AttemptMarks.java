package io.touchstone.spark.watch;

import io.touchstone.files.commit.AttemptFolder;
import io.touchstone.files.commit.CommitStore;
import io.touchstone.files.commit.OutputLayout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The marks that attempts at one piece have left. */
public final class AttemptMarks {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptMarks.class);

  /** A writer on hdfs: that died loses its claim to a file after a minute. */
  private static final long MOST_PROOF_MILLIS = 90_000;

  private static final long POLL_MILLIS = 1_000;

  private final CommitStore store;
  private final OutputLayout layout;
  private final int piece;
  private final MappedModel model;
  private final List<Path> left = new ArrayList<>();

  /**
   * @param model that this process has mapped
   */
  public AttemptMarks(AttemptFolder folder, int piece, MappedModel model) {
    this.store = folder.store();
    this.layout = folder.layout();
    this.piece = piece;
    this.model = model;
  }

  /** Takes back the marks of all attempts in this process, which is about to end in good order. */
  public static void withdrawAll() {
    AttemptMark.closeAll();
  }

  public AttemptMark create(String attempt) throws IOException {
    return AttemptMark.create(store, layout.mark(piece, attempt), model);
  }

  /** What is to be thought of the piece's lines; marks of attempts that live say nothing. */
  public Suspicions suspicions() throws IOException {
    List<Left> found = new ArrayList<>();
    for (FileStatus file : store.list(layout.marksFolder())) {
      Path path = file.getPath();
      if (!layout.isMark(piece, path.getName())
          || AttemptMark.writer(store, path) == CommitStore.Writer.ALIVE) {
        continue;
      }
      left.add(path);
      AttemptMark.Content content = AttemptMark.read(store, path);
      Left mark = Left.of(path, content.steps());
      Optional<String> change = content.model().flatMap(this::changeSince);
      if (change.isPresent() && !mark.last.isEmpty()) {
        LOG.warn(
            "[{}] piece {}: a process has ended in the middle of it, no row is blamed: {}",
            layout.folder(),
            piece,
            change.get());
        mark.last.clear();
      }
      found.add(mark);
    }
    dropUnproven(found);
    List<AttemptStep> last = found.stream().flatMap(mark -> mark.last.stream()).toList();
    if (!last.isEmpty()) {
      LOG.warn(
          "[{}] piece {}: {} processes have ended in the middle of it; the rows that were under way"
              + " are suspected: {}",
          layout.folder(),
          piece,
          found.stream().filter(mark -> !mark.last.isEmpty()).count(),
          last);
    }
    return new Suspicions(last, found.stream().flatMap(mark -> mark.survived.stream()).toList());
  }

  /** What has become of another attempt's model, where this process has mapped the same files. */
  private Optional<String> changeSince(MappedModel other) {
    return other.files().keySet().equals(model.files().keySet())
        ? other.change(file -> model.files().getOrDefault(file, ""))
        : Optional.empty();
  }

  /**
   * A mark whose process is gone.
   *
   * @param last what was under way at its end; the caller may take things out
   * @param survived what was done before
   */
  private record Left(Path path, List<AttemptStep> last, List<AttemptStep> survived) {

    static Left of(Path path, List<AttemptStep> lines) {
      List<AttemptStep> last = new ArrayList<>();
      List<AttemptStep> survived = new ArrayList<>(lines);
      for (AttemptStep.Lane lane : AttemptStep.Lane.values()) {
        for (int i = survived.size() - 1; i >= 0; i--) {
          if (survived.get(i).step().lane() == lane) {
            last.add(survived.remove(i));
            break;
          }
        }
      }
      last.removeIf(now -> now.step().isIdle());
      return new Left(path, last, survived);
    }
  }

  /** After the piece is committed. */
  public void forget() throws IOException {
    for (Path mark : left) {
      store.files().delete(mark, false);
    }
  }

  /** A row is given up only if those who ran it are known to be dead, and not just slow. */
  private void dropUnproven(List<Left> found) throws IOException {
    Map<Long, List<Left>> alone = new HashMap<>();
    for (Left mark : found) {
      mark.last.stream()
          .filter(Suspicions::isDeathOfOne)
          .map(AttemptStep::first)
          .distinct()
          .forEach(line -> alone.computeIfAbsent(line, key -> new ArrayList<>()).add(mark));
    }
    for (List<Left> several : alone.values()) {
      int left = several.size();
      for (Left mark : several) {
        // One is enough to be careful with, proven or not.
        if (left > 1 && !isProven(mark.path)) {
          mark.last.clear();
          left--;
        }
      }
    }
  }

  private boolean isProven(Path mark) throws IOException {
    long start = System.nanoTime();
    while (true) {
      CommitStore.Writer writer = AttemptMark.writer(store, mark);
      boolean late = System.nanoTime() - start > MOST_PROOF_MILLIS * 1_000_000;
      if (writer != CommitStore.Writer.UNKNOWN || late) {
        return writer == CommitStore.Writer.DEAD;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the end of a process was confirmed");
      }
    }
  }
}
