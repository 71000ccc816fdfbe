package io.touchstone.ledger;

import io.touchstone.digest.Sha256;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes one volume, entry by entry. */
final class VolumeWriter implements Closeable {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final int NAMED_BYTES = 16;

  private final ScoreIdentity identity;
  private final MessageDigest digest;
  private final OutputStream out;
  private final KeyFilter filter;
  private final ByteBuffer block;

  /** The index's table of blocks. */
  private final ByteArrayOutputStream table = new ByteArrayOutputStream();

  private final DataOutputStream blocks = new DataOutputStream(table);
  private int entries;
  private @Nullable PromptKey last;

  /**
   * @param file closed by the writer
   * @param most entries that may come
   */
  VolumeWriter(OutputStream file, ScoreIdentity identity, int most) throws IOException {
    this.identity = identity;
    this.digest = Sha256.begin();
    this.out = new BufferedOutputStream(new DigestOutputStream(file, digest), BUFFER_BYTES);
    this.filter = KeyFilter.forKeys(most);
    this.block =
        ByteBuffer.allocate(
            VolumeLayout.entriesPerBlock(identity.outputs())
                * VolumeLayout.entryBytes(identity.outputs()));
    write(VolumeLayout.magic());
  }

  /** Keys come in ascending order, each once. */
  void add(PromptKey key, float[] values) throws IOException {
    if (last != null && key.compareTo(last) <= 0 || values.length != identity.outputs()) {
      throw new IllegalArgumentException(
          Problem.at("ledger")
              .expected("a greater key than the last and " + identity.outputs() + " values")
              .found(values.length));
    }
    if (block.position() == 0) {
      blocks.writeLong(key.high());
      blocks.writeLong(key.low());
    }
    block.putLong(key.high()).putLong(key.low());
    for (float value : values) {
      block.putFloat(value);
    }
    filter.add(key);
    last = key;
    entries++;
    if (!block.hasRemaining()) {
      endBlock();
    }
  }

  int entries() {
    return entries;
  }

  private void endBlock() throws IOException {
    block.flip();
    blocks.writeInt(VolumeLayout.checksum(block));
    write(block);
    block.clear();
  }

  /**
   * Writes what is left and closes the file.
   *
   * @return the volume's name, which says what is in it: equal volumes have equal names
   */
  String finish() throws IOException {
    if (last == null) {
      throw new IllegalStateException(Problem.at("ledger").expected("entries").found("none"));
    }
    if (block.position() > 0) {
      endBlock();
    }
    ByteBuffer index =
        ByteBuffer.wrap(
            new VolumeIndex(identity, entries, last, ByteBuffer.wrap(table.toByteArray()), filter)
                .toBytes());
    write(index.duplicate());
    write(
        ByteBuffer.allocate(8)
            .putInt(index.remaining())
            .putInt(VolumeLayout.checksum(index))
            .flip());
    write(VolumeLayout.magic());
    out.close();
    return VolumeName.of(identity, HexFormat.of().formatHex(digest.digest(), 0, NAMED_BYTES));
  }

  private void write(ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.write(copy);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
