package io.touchstone.files.commit;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param stats what the attempt counted
 */
public record PieceCommit(String attempt, boolean rejects, JsonNode stats) {

  /**
   * @throws FileNotFoundException if the piece is not committed
   */
  public static PieceCommit read(CommitStore placement, OutputLayout layout, int piece)
      throws IOException {
    return JsonFile.read(placement.read(layout.stats(piece)), PieceCommit.class);
  }

  public <T extends Record> T statsAs(Class<T> type) throws IOException {
    return JsonFile.convert(stats, type);
  }

  /**
   * Puts the attempt's files where they belong; any number of processes may do so at once.
   *
   * @return false if a file is neither there nor where the attempt wrote it: someone deleted it
   */
  boolean settle(CommitStore placement, OutputLayout layout, int piece) throws IOException {
    if (rejects) {
      placement.files().mkdirs(layout.rejectedFolder());
      if (!settle(placement, layout.attemptRejected(piece, attempt), layout.rejected(piece))) {
        return false;
      }
      CommitStep.REJECTED_PLACED.reached();
    }
    // The part last: where it lies, everything does.
    if (!settle(placement, layout.attemptPart(piece, attempt), layout.part(piece))) {
      return false;
    }
    CommitStep.PART_PLACED.reached();
    return true;
  }

  private static boolean settle(CommitStore placement, Path written, Path target)
      throws IOException {
    try {
      placement.placeNew(written, target);
      return true;
    } catch (FileNotFoundException e) {
      return placement.files().exists(target);
    }
  }
}
