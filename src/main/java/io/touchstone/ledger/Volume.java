package io.touchstone.ledger;

import io.touchstone.scoring.PromptKey;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One immutable sorted file of scores, with its index in memory.
 *
 * @param bytes size of the file
 */
record Volume(Path path, long bytes, VolumeIndex index) {

  /**
   * Reads the index.
   *
   * @throws DamagedLedgerException if the file is not what was once written
   */
  static Volume open(FileSystem files, Path path, long bytes) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      long least = VolumeLayout.MAGIC_BYTES + VolumeLayout.TRAILER_BYTES;
      if (bytes < least) {
        throw new DamagedLedgerException(
            path, 0, "expected at least " + least + " bytes, found " + bytes);
      }
      expectMagic(path, in, 0);
      long trailerStart = bytes - VolumeLayout.TRAILER_BYTES;
      expectMagic(path, in, bytes - VolumeLayout.MAGIC_BYTES);
      ByteBuffer trailer =
          read(path, in, trailerStart, VolumeLayout.TRAILER_BYTES - VolumeLayout.MAGIC_BYTES);
      int indexBytes = trailer.getInt();
      long most =
          Math.min(trailerStart - VolumeLayout.MAGIC_BYTES, VolumeLayout.mostIndexBytes(bytes));
      if (indexBytes < 1 || indexBytes > most) {
        throw new DamagedLedgerException(
            path,
            trailerStart,
            "length of the index: expected from 1 to " + most + ", found " + indexBytes);
      }
      long indexStart = trailerStart - indexBytes;
      ByteBuffer index = read(path, in, indexStart, indexBytes);
      expectChecksum(path, indexStart, index, trailer.getInt());
      try {
        return new Volume(
            path, bytes, VolumeIndex.read(index, indexStart - VolumeLayout.MAGIC_BYTES));
      } catch (IllegalArgumentException | BufferUnderflowException e) {
        throw new DamagedLedgerException(path, indexStart, "index: " + e.getMessage());
      }
    }
  }

  private static void expectMagic(Path path, FSDataInputStream in, long offset) throws IOException {
    if (!read(path, in, offset, VolumeLayout.MAGIC_BYTES).equals(VolumeLayout.magic())) {
      throw new DamagedLedgerException(
          path, offset, "expected the mark of a ledger's file of version 1, found other bytes");
    }
  }

  /** Some blocks in a row, unchecked. */
  ByteBuffer readBlocks(FSDataInputStream in, int first, int last) throws IOException {
    long start = index.start(first);
    return read(path, in, start, Math.toIntExact(index.start(last) - start) + index.bytesIn(last));
  }

  /**
   * A block out of several.
   *
   * @param blocks as {@link #readBlocks} gave them
   * @param first the first of them
   */
  ByteBuffer checked(ByteBuffer blocks, int first, int block) throws IOException {
    int start = Math.toIntExact(index.start(block) - index.start(first));
    ByteBuffer of = blocks.slice(start, index.bytesIn(block));
    expectChecksum(path, index.start(block), of, index.checksum(block));
    if (!key(of, 0).equals(index.first(block))) {
      throw damaged(block, 0, "expected the key that the index names, found another");
    }
    return of;
  }

  /** The key of an entry of a block. */
  PromptKey key(ByteBuffer block, int entry) {
    int at = entry * VolumeLayout.entryBytes(index.identity().outputs());
    return new PromptKey(block.getLong(at), block.getLong(at + Long.BYTES));
  }

  /**
   * The score of an entry.
   *
   * @throws DamagedLedgerException if it is none
   */
  float[] values(int block, ByteBuffer of, int entry) throws IOException {
    int outputs = index.identity().outputs();
    int at = entry * VolumeLayout.entryBytes(outputs) + VolumeLayout.KEY_BYTES;
    float[] values = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      values[i] = of.getFloat(at + i * Float.BYTES);
      if (!Float.isFinite(values[i])) {
        throw damaged(block, entry, "expected a finite score, found " + values[i]);
      }
    }
    return values;
  }

  DamagedLedgerException damaged(int block, int entry, String what) {
    return new DamagedLedgerException(
        path,
        index.start(block) + (long) entry * VolumeLayout.entryBytes(index.identity().outputs()),
        what);
  }

  private static ByteBuffer read(Path path, FSDataInputStream in, long start, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    try {
      in.readFully(start, bytes, 0, length);
    } catch (EOFException e) {
      throw new DamagedLedgerException(
          path, start, "expected " + length + " bytes, found the end of the file");
    }
    return ByteBuffer.wrap(bytes);
  }

  private static void expectChecksum(Path path, long start, ByteBuffer bytes, int expected)
      throws IOException {
    int found = VolumeLayout.checksum(bytes);
    if (found != expected) {
      throw new DamagedLedgerException(
          path,
          start,
          String.format(
              "expected %d bytes of CRC-32C %08x, found %08x", bytes.remaining(), expected, found));
    }
  }
}
