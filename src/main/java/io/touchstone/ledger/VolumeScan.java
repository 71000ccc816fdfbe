package io.touchstone.ledger;

import io.touchstone.scoring.PromptKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/** Reads a volume from its first entry to its last, and looks at every byte; one thread's. */
final class VolumeScan implements Closeable {

  private static final int BLOCKS_AT_ONCE = 64;

  private final Volume volume;
  private final FSDataInputStream in;
  private ByteBuffer blocks = ByteBuffer.allocate(0);
  private ByteBuffer of = blocks;
  private int first;
  private int block = -1;
  private int entry;
  private @Nullable PromptKey key;

  VolumeScan(Volume volume, FileSystem files) throws IOException {
    this.volume = volume;
    this.in = files.open(volume.path());
  }

  /**
   * Goes on to the next entry.
   *
   * @return its key; null behind the last one
   * @throws DamagedLedgerException if the volume is not what was once written
   */
  @Nullable PromptKey next() throws IOException {
    VolumeIndex index = volume.index();
    if (block < 0 || ++entry == index.entriesIn(block)) {
      if (++block == index.blockCount()) {
        block--;
        entry--;
        if (!index.last().equals(key)) {
          throw volume.damaged(block, entry, "expected the last key that the index names");
        }
        return null;
      }
      if (block % BLOCKS_AT_ONCE == 0) {
        first = block;
        blocks =
            volume.readBlocks(in, first, Math.min(first + BLOCKS_AT_ONCE, index.blockCount()) - 1);
      }
      of = volume.checked(blocks, first, block);
      entry = 0;
    }
    PromptKey next = volume.key(of, entry);
    if (key != null && next.compareTo(key) <= 0) {
      throw volume.damaged(block, entry, "expected a greater key than the last, found none");
    }
    key = next;
    return next;
  }

  /** The score of the entry at hand. */
  float[] values() throws IOException {
    return volume.values(block, of, entry);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
