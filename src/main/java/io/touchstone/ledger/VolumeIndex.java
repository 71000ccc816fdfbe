package io.touchstone.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.problem.Problem;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * What of a volume stays in memory: a key for each block, and the filter.
 *
 * @param last the greatest key
 * @param blocks of each its first key and its CRC-32C, as in the file; read by offset, so that any
 *     thread may
 */
record VolumeIndex(
    ScoreIdentity identity, int entries, PromptKey last, ByteBuffer blocks, KeyFilter filter) {

  private static final int MOST_IDENTITY_BYTES = 4_096;
  private static final int BLOCK_BYTES = VolumeLayout.KEY_BYTES + Integer.BYTES;

  int blockCount() {
    return blocks.capacity() / BLOCK_BYTES;
  }

  PromptKey first(int block) {
    int at = block * BLOCK_BYTES;
    return new PromptKey(blocks.getLong(at), blocks.getLong(at + Long.BYTES));
  }

  int checksum(int block) {
    return blocks.getInt(block * BLOCK_BYTES + VolumeLayout.KEY_BYTES);
  }

  /** The block that a key is in if it is in any; -1 if it is in none. */
  int blockOf(PromptKey key) {
    return key.compareTo(last) > 0 ? -1 : lastUpTo(key, blockCount(), this::first);
  }

  /**
   * The last of ascending keys that is not greater; -1 if all are.
   *
   * @param keys by their index, which is below the count
   */
  static int lastUpTo(PromptKey key, int count, IntFunction<PromptKey> keys) {
    int low = -1;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (keys.apply(middle).compareTo(key) <= 0) {
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
          Problem.at("ledger")
              .expected("at most " + MOST_IDENTITY_BYTES + " bytes that say what scores depend on")
              .found(text.length));
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(
            5 * Integer.BYTES
                + text.length
                + VolumeLayout.KEY_BYTES
                + blocks.capacity()
                + filter.words().length * Long.BYTES);
    bytes.putInt(text.length).put(text).putInt(identity.outputs()).putInt(entries);
    bytes.putLong(last.high()).putLong(last.low()).putInt(blockCount()).put(blocks.duplicate());
    bytes.putInt(filter.words().length);
    bytes.asLongBuffer().put(filter.words());
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
    byte[] table = new byte[blocks * BLOCK_BYTES];
    bytes.get(table);
    int words =
        within("words of the filter", bytes.getInt(), KeyFilter.words(VolumeLayout.MOST_ENTRIES));
    expect("bytes of the filter", (long) words * Long.BYTES, bytes.remaining());
    return new VolumeIndex(
        new ScoreIdentity(new String(text, UTF_8), outputs),
        entries,
        last,
        ByteBuffer.wrap(table),
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
