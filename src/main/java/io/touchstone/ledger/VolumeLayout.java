package io.touchstone.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * How a volume lies in its file, all numbers big-endian: {@link #MAGIC}; the entries in ascending
 * order of their keys, each a key of 16 bytes and its floats; the {@link VolumeIndex}; its length
 * (int), its CRC-32C (int) and {@link #MAGIC} again. Entries stand in blocks of {@link
 * #entriesPerBlock} with the rest in the last one; the index has each block's CRC-32C.
 */
final class VolumeLayout {

  /** Names the layout's version, too. */
  private static final byte[] MAGIC = "tslegr01".getBytes(StandardCharsets.US_ASCII);

  static final int MAGIC_BYTES = 8;
  static final int TRAILER_BYTES = Integer.BYTES + Integer.BYTES + MAGIC_BYTES;
  static final int KEY_BYTES = 2 * Long.BYTES;
  static final int MOST_OUTPUTS = 1_024;

  /** About as much as a filesystem reads at least. */
  private static final int BLOCK_BYTES = 4_096;

  /** Bounds what one file's index takes of memory: about 45 MB. */
  static final int MOST_ENTRIES = 32 << 20;

  private VolumeLayout() {}

  /** CRC-32C of what is left in the buffer, which stays where it is. */
  static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }

  static ByteBuffer magic() {
    return ByteBuffer.wrap(MAGIC).asReadOnlyBuffer();
  }

  static int entryBytes(int outputs) {
    return KEY_BYTES + Float.BYTES * outputs;
  }

  static int entriesPerBlock(int outputs) {
    return Math.max(1, BLOCK_BYTES / entryBytes(outputs));
  }

  /** More than the index of a file of so many bytes ever takes: a file may claim anything. */
  static long mostIndexBytes(long fileBytes) {
    return (long) KeyFilter.words(MOST_ENTRIES) * Long.BYTES + fileBytes / 128 + BLOCK_BYTES * 2;
  }

  /** Where a block begins in the file. */
  static long blockStart(int block, int outputs) {
    return MAGIC_BYTES + (long) block * entriesPerBlock(outputs) * entryBytes(outputs);
  }
}
