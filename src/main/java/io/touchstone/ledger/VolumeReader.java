package io.touchstone.ledger;

import io.touchstone.reward.Reward;
import io.touchstone.scoring.PromptKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;

/** Looks keys up in one volume; one thread's. */
final class VolumeReader implements Closeable {

  /** To read over so many blocks is cheaper than to ask once more. */
  private static final int MOST_BLOCKS_BETWEEN = 16;

  private static final int MOST_BLOCKS_AT_ONCE = 256;

  private final Volume volume;
  private final FSDataInputStream in;

  VolumeReader(Volume volume, FileSystem files) throws IOException {
    this.volume = volume;
    this.in = files.open(volume.path());
  }

  /** A key that may be in a block. */
  private record Sought(PromptKey key, int block) {}

  /**
   * @param keys in ascending order
   * @param found receives what is there; keys that it has are not looked up
   */
  void find(List<PromptKey> keys, Map<PromptKey, Reward> found) throws IOException {
    List<Sought> sought = new ArrayList<>();
    for (PromptKey key : keys) {
      int block = volume.index().blockOf(key);
      if (block >= 0 && !found.containsKey(key) && volume.index().filter().mayHave(key)) {
        sought.add(new Sought(key, block));
      }
    }
    int from = 0;
    while (from < sought.size()) {
      int first = sought.get(from).block;
      int last = first;
      int end = from + 1;
      while (end < sought.size()
          && sought.get(end).block - last <= MOST_BLOCKS_BETWEEN
          && sought.get(end).block - first < MOST_BLOCKS_AT_ONCE) {
        last = sought.get(end).block;
        end++;
      }
      find(sought.subList(from, end), volume.readBlocks(in, first, last), found);
      from = end;
    }
  }

  private void find(List<Sought> sought, ByteBuffer blocks, Map<PromptKey, Reward> found)
      throws IOException {
    int first = sought.get(0).block;
    int block = -1;
    ByteBuffer of = blocks;
    for (Sought one : sought) {
      if (one.block != block) {
        block = one.block;
        of = volume.checked(blocks, first, block);
      }
      ByteBuffer in = of;
      int entries = volume.index().entriesIn(block);
      int entry = VolumeIndex.lastUpTo(one.key, entries, at -> volume.key(in, at));
      if (entry >= 0 && volume.key(of, entry).equals(one.key)) {
        found.put(one.key, new Reward(volume.values(block, of, entry)));
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
