package io.touchstone.spark.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.CommitStore;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file that one attempt keeps as long as it lives, one line for each thing that it does.
 * Whatever ends the attempt in good order deletes it, an orderly end of the process too; it stays
 * only where a process is gone from one moment to the next.
 */
final class AttemptMark implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptMark.class);

  /** Those of attempts in this process, which lives. */
  private static final Set<AttemptMark> OPEN = ConcurrentHashMap.newKeySet();

  /** Written under the lock of {@link #OPEN}. */
  private static boolean isEnding;

  static {
    // Before filesystems are closed, and before Spark ends what runs.
    ShutdownHookManager.get()
        .addShutdownHook(AttemptMark::closeAll, FileSystem.SHUTDOWN_HOOK_PRIORITY + 100);
  }

  private final FileSystem files;
  private final Path file;

  /** Null where others see a file only when it is closed: there it is written anew each time. */
  private final @Nullable OutputStream out;

  /** What is to be written: all that was told, where the file is written anew. */
  private final List<Record> lines = new ArrayList<>();

  private AttemptMark(FileSystem files, Path file, @Nullable OutputStream out) {
    this.files = files;
    this.file = file;
    this.out = out;
  }

  /**
   * A new mark, in a folder that must be there; it says nothing before the attempt does something.
   *
   * @param model that the attempt works with
   */
  static AttemptMark create(CommitStore store, Path file, MappedModel model) throws IOException {
    synchronized (OPEN) {
      if (isEnding) {
        throw new IOException("the process is about to end");
      }
      AttemptMark mark = new AttemptMark(store.files(), file, store.createLive(file).orElse(null));
      OPEN.add(mark);
      if (!model.files().isEmpty()) {
        mark.lines.add(model);
      }
      return mark;
    }
  }

  /** Whether a line costs no more than itself. */
  boolean appends() {
    return out != null;
  }

  /** When it returns, others can read it, whatever becomes of this process. */
  synchronized void write(AttemptStep now) throws IOException {
    if (out == null) {
      dropIfSuperseded(now);
    }
    lines.add(now);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Record line : lines) {
      bytes.writeBytes(JsonFile.line(line));
      bytes.write('\n');
    }
    if (out == null) {
      try (OutputStream whole = files.create(file, true)) {
        bytes.writeTo(whole);
      }
      return;
    }
    lines.clear();
    bytes.writeTo(out);
    if (out instanceof Syncable remote) {
      remote.hflush();
    }
  }

  /** Or a mark that is written anew for each of many rows would grow with all of them. */
  private void dropIfSuperseded(AttemptStep now) {
    int last = lines.size() - 1;
    if (last >= 0 && lines.get(last) instanceof AttemptStep before && before.isPassing(now)) {
      lines.remove(last);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      if (out != null) {
        out.close();
      }
    } finally {
      discard();
    }
  }

  /** For good: attempts that begin meanwhile must not leave any. */
  static void closeAll() {
    synchronized (OPEN) {
      isEnding = true;
    }
    OPEN.forEach(AttemptMark::closeQuietly);
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // The process ends: nobody is there to be told.
    }
  }

  private void discard() {
    try {
      files.delete(file, false);
    } catch (IOException e) {
      // It stays, and what it names is run alone: slower, not wrong.
    } finally {
      OPEN.remove(this);
    }
  }

  /**
   * What a mark says.
   *
   * @param model empty where the attempt had mapped no files
   * @param steps in their order
   */
  record Content(Optional<MappedModel> model, List<AttemptStep> steps) {}

  /** Reads what another attempt has written; nothing where it was taken back, or is no mark. */
  static Content read(CommitStore store, Path mark) throws IOException {
    Optional<MappedModel> model = Optional.empty();
    List<AttemptStep> steps = new ArrayList<>();
    try {
      String text = new String(store.read(mark), StandardCharsets.UTF_8);
      // A line that was not written to its end is of something that had not begun.
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      for (String line : whole.lines().toList()) {
        JsonNode json = JsonFile.tree(line.getBytes(StandardCharsets.UTF_8));
        if (json.has("files")) {
          model = Optional.of(JsonFile.convert(json, MappedModel.class));
        } else {
          steps.add(JsonFile.convert(json, AttemptStep.class));
        }
      }
    } catch (FileNotFoundException e) {
      LOG.debug("{} was taken back in between", mark);
    } catch (JsonProcessingException e) {
      LOG.warn("{} is no mark: {}", mark, e.getOriginalMessage());
    }
    return new Content(model, steps);
  }

  /** Whether the process that wrote a mark lives; asking does not disturb it. */
  static CommitStore.Writer writer(CommitStore store, Path file) {
    if (OPEN.stream().anyMatch(mark -> mark.file.getName().equals(file.getName()))) {
      return CommitStore.Writer.ALIVE;
    }
    return store.writer(file);
  }
}
