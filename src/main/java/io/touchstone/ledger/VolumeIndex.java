package io.touchstone.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.problem.Problem;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.nio.ByteBuffer;

/**
 * What of a volume stays in memory: a key for each block, and the filter.
 *
 * @param last the greatest key
 * @param firstHighs of each block's first key; owned by the index, as all arrays
 * @param checksums CRC-32C of each block
 */
record VolumeIndex(
    ScoreIdentity identity,
    int entries,
    PromptKey last,
    long[] firstHighs,
    long[] firstLows,
    int[] checksums,
    KeyFilter filter) {

  private static final int MOST_IDENTITY_BYTES = 4_096;
  private static final int BLOCK_BYTES = VolumeLayout.KEY_BYTES + Integer.BYTES;

  int blocks() {
    return checksums.length;
  }

  PromptKey first(int block) {
    return new PromptKey(firstHighs[block], firstLows[block]);
  }

  /** The block that a key is in if it is in any; -1 if it is in none. */
  int blockOf(PromptKey key) {
    if (key.compareTo(last) > 0) {
      return -1;
    }
    int low = -1;
    int high = blocks() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (first(middle).compareTo(key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  int entriesIn(int block) {
    int whole = VolumeLayout.entriesPerBlock(identity.outputs());
    return Math.min(whole, entries - block * whole);
  }

  long start(int block) {
    return VolumeLayout.blockStart(block, identity.outputs());
  }

  int bytesIn(int block) {
    return entriesIn(block) * VolumeLayout.entryBytes(identity.outputs());
  }

  byte[] toBytes() {
    byte[] text = identity.text().getBytes(UTF_8);
    if (text.length > MOST_IDENTITY_BYTES) {
      throw new IllegalArgumentException(
          "ledger: expected at most "
              + MOST_IDENTITY_BYTES
              + " bytes that say what scores depend on, found "
              + text.length);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(
            5 * Integer.BYTES
                + text.length
                + VolumeLayout.KEY_BYTES
                + blocks() * BLOCK_BYTES
                + filter.words().length * Long.BYTES);
    bytes.putInt(text.length).put(text).putInt(identity.outputs()).putInt(entries);
    bytes.putLong(last.high()).putLong(last.low()).putInt(blocks());
    for (int block = 0; block < blocks(); block++) {
      bytes.putLong(firstHighs[block]).putLong(firstLows[block]).putInt(checksums[block]);
    }
    bytes.putInt(filter.words().length);
    for (long word : filter.words()) {
      bytes.putLong(word);
    }
    return bytes.array();
  }

  /**
   * Reads what {@link #toBytes} gave; its checksum has been looked at, its numbers are still taken
   * for anyone's.
   *
   * @param blockBytes of all blocks in the file
   * @throws IllegalArgumentException with "expected …, found …"
   */
  static VolumeIndex read(ByteBuffer bytes, long blockBytes) {
    byte[] text = new byte[within("length of the identity", bytes.getInt(), MOST_IDENTITY_BYTES)];
    bytes.get(text);
    int outputs = within("values of a score", bytes.getInt(), VolumeLayout.MOST_OUTPUTS);
    int entries = within("entries", bytes.getInt(), VolumeLayout.MOST_ENTRIES);
    expect("bytes of all entries", (long) entries * VolumeLayout.entryBytes(outputs), blockBytes);
    PromptKey last = new PromptKey(bytes.getLong(), bytes.getLong());
    int perBlock = VolumeLayout.entriesPerBlock(outputs);
    int blocks = bytes.getInt();
    expect("blocks", (entries + perBlock - 1) / perBlock, blocks);
    if (bytes.remaining() < (long) blocks * BLOCK_BYTES) {
      throw new IllegalArgumentException("expected " + blocks + " blocks, found the index's end");
    }
    long[] highs = new long[blocks];
    long[] lows = new long[blocks];
    int[] checksums = new int[blocks];
    for (int block = 0; block < blocks; block++) {
      highs[block] = bytes.getLong();
      lows[block] = bytes.getLong();
      checksums[block] = bytes.getInt();
    }
    int words =
        within("words of the filter", bytes.getInt(), KeyFilter.words(VolumeLayout.MOST_ENTRIES));
    expect("bytes of the filter", (long) words * Long.BYTES, bytes.remaining());
    return new VolumeIndex(
        new ScoreIdentity(new String(text, UTF_8), outputs),
        entries,
        last,
        highs,
        lows,
        checksums,
        KeyFilter.read(bytes.asLongBuffer(), words));
  }

  private static int within(String what, int found, int most) {
    if (found < 1 || found > most) {
      throw new IllegalArgumentException(
          Problem.at(what).expected("from 1 to " + most).found(found));
    }
    return found;
  }

  private static void expect(String what, long expected, long found) {
    if (found != expected) {
      throw new IllegalArgumentException(Problem.at(what).expected(expected).found(found));
    }
  }
}
