package io.touchstone.spark.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.AttemptFolder;
import io.touchstone.files.commit.CommitStore;
import io.touchstone.files.commit.OutputLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Path> left = new ArrayList<>();

  public AttemptMarks(AttemptFolder folder, int piece) {
    this.store = folder.store();
    this.layout = folder.layout();
    this.piece = piece;
  }

  /** Takes back the marks of all attempts in this process, which is about to end in good order. */
  public static void withdrawAll() {
    AttemptMark.closeAll();
  }

  public AttemptMark create(String attempt) throws IOException {
    return AttemptMark.create(store, layout.mark(piece, attempt));
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
      found.add(Left.of(path, read(path)));
    }
    dropUnproven(found);
    List<AttemptStep> last = found.stream().flatMap(mark -> mark.last.stream()).toList();
    if (!last.isEmpty()) {
      LOG.warn(
          "[{}] piece {}: {} processes have ended in the middle of it; the rows that were under way"
              + " run alone: {}",
          layout.folder(),
          piece,
          found.stream().filter(mark -> !mark.last.isEmpty()).count(),
          last);
    }
    return new Suspicions(last, found.stream().flatMap(mark -> mark.survived.stream()).toList());
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

  private List<AttemptStep> read(Path mark) throws IOException {
    List<AttemptStep> lines = new ArrayList<>();
    try {
      String text = new String(store.read(mark), StandardCharsets.UTF_8);
      // A line that was not written to its end is of something that had not begun.
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      for (String line : whole.lines().toList()) {
        lines.add(JsonFile.read(line.getBytes(StandardCharsets.UTF_8), AttemptStep.class));
      }
    } catch (FileNotFoundException e) {
      LOG.debug("{} was taken back in between", mark);
    } catch (JsonProcessingException e) {
      LOG.warn("{} is no mark: {}", mark, e.getOriginalMessage());
    }
    return lines;
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
