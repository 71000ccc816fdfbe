package io.touchstone.files.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.files.JsonFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * What makes a piece committed, once it lies among the records: it names the one attempt whose
 * files are the piece's. They are put in their places afterwards, by that attempt or, if it died,
 * by whoever comes next.
 *
 * @param rejects whether the attempt has rejected lines
 * @param withheld rejected lines of which only the place and the reason were written
 * @param stats what the attempt counted
 */
public record PieceCommit(String attempt, boolean rejects, long withheld, JsonNode stats) {

  private static final String WITHHELD = "withheld";

  /**
   * @throws FileNotFoundException if the piece is not committed
   */
  public static PieceCommit read(AttemptFolder folder, int piece) throws IOException {
    return of(folder.store().read(folder.layout().stats(piece)));
  }

  /** Reads a record, also one from before lines could be withheld. */
  public static PieceCommit of(byte[] json) throws IOException {
    JsonNode tree = JsonFile.tree(json);
    if (tree instanceof ObjectNode record && !record.has(WITHHELD)) {
      record.put(WITHHELD, 0);
    }
    return JsonFile.convert(tree, PieceCommit.class);
  }

  public <T extends Record> T statsAs(Class<T> type) throws IOException {
    return JsonFile.convert(stats, type);
  }

  /**
   * Puts the attempt's files where they belong; any number of processes may do so at once.
   *
   * @return false if a file is neither there nor where the attempt wrote it: someone deleted it
   */
  boolean settle(AttemptFolder folder, int piece) throws IOException {
    CommitStore store = folder.store();
    OutputLayout layout = folder.layout();
    if (rejects) {
      store.files().mkdirs(layout.rejectedFolder());
      if (!settle(store, layout.attemptRejected(piece, attempt), layout.rejected(piece))) {
        return false;
      }
      CommitStep.REJECTED_PLACED.reached();
    }
    // The part last: where it lies, everything does.
    if (!settle(store, layout.attemptPart(piece, attempt), layout.part(piece))) {
      return false;
    }
    CommitStep.PART_PLACED.reached();
    return true;
  }

  private static boolean settle(CommitStore store, Path written, Path target) throws IOException {
    try {
      store.placeNew(written, target);
      return true;
    } catch (FileNotFoundException e) {
      return store.files().exists(target);
    }
  }
}
