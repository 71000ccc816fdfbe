package io.touchstone.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;

/** Feeds the stored bytes of tensors to a digest; keeps the last file open. */
final class TensorBytes implements AutoCloseable {
  static final int BLOCK_BYTES = 64 << 10;
  static final int SAMPLED_BLOCKS = 16;

  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
  private Optional<Open> open = Optional.empty();

  private record Open(Path file, FileChannel channel) {}

  void all(Tensor tensor, MessageDigest digest) throws IOException {
    for (long at = 0; at < tensor.length(); at += BLOCK_BYTES) {
      read(tensor, at, digest);
    }
  }

  void sample(Tensor tensor, MessageDigest digest) throws IOException {
    if (tensor.length() <= (long) SAMPLED_BLOCKS * BLOCK_BYTES) {
      all(tensor, digest);
      return;
    }
    long last = tensor.length() - BLOCK_BYTES;
    for (int i = 0; i < SAMPLED_BLOCKS; i++) {
      // Divided first: a length times a count could overflow.
      long step = last / (SAMPLED_BLOCKS - 1);
      read(tensor, i == SAMPLED_BLOCKS - 1 ? last : i * step, digest);
    }
  }

  private void read(Tensor tensor, long at, MessageDigest digest) throws IOException {
    FileChannel channel = channel(tensor.file());
    block.clear().limit((int) Math.min(BLOCK_BYTES, tensor.length() - at));
    while (block.hasRemaining()) {
      if (channel.read(block, tensor.offset() + at + block.position()) < 0) {
        throw new EOFException(
            "expected %d bytes of tensor %s, found the end of its file"
                .formatted(tensor.length(), tensor.name()));
      }
    }
    digest.update(block.flip());
  }

  private FileChannel channel(Path file) throws IOException {
    if (open.isPresent() && open.get().file().equals(file)) {
      return open.get().channel();
    }
    close();
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    open = Optional.of(new Open(file, channel));
    return channel;
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().channel().close();
      open = Optional.empty();
    }
  }
}
