package io.touchstone.checkpoint.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Feeds the stored bytes of tensors to a digest. */
public final class TensorBytes {
  public static final int BLOCK_BYTES = 64 << 10;
  public static final int SAMPLED_BLOCKS = 16;

  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);

  public void all(Tensor tensor, MessageDigest digest) throws IOException {
    try (FileChannel file = open(tensor)) {
      for (long at = 0; at < tensor.length(); at += BLOCK_BYTES) {
        read(file, tensor, at, digest);
      }
    }
  }

  public void sample(Tensor tensor, MessageDigest digest) throws IOException {
    if (tensor.length() <= (long) SAMPLED_BLOCKS * BLOCK_BYTES) {
      all(tensor, digest);
      return;
    }
    long last = tensor.length() - BLOCK_BYTES;
    // Divided first: a length times a count could overflow.
    long step = last / (SAMPLED_BLOCKS - 1);
    try (FileChannel file = open(tensor)) {
      for (int i = 0; i < SAMPLED_BLOCKS - 1; i++) {
        read(file, tensor, i * step, digest);
      }
      read(file, tensor, last, digest);
    }
  }

  private static FileChannel open(Tensor tensor) throws IOException {
    return FileChannel.open(tensor.file(), StandardOpenOption.READ);
  }

  private void read(FileChannel file, Tensor tensor, long at, MessageDigest digest)
      throws IOException {
    block.clear().limit((int) Math.min(BLOCK_BYTES, tensor.length() - at));
    while (block.hasRemaining()) {
      if (file.read(block, tensor.offset() + at + block.position()) < 0) {
        throw new EOFException(
            "expected %d bytes of tensor %s, found the end of its file"
                .formatted(tensor.length(), tensor.name()));
      }
    }
    digest.update(block.flip());
  }
}
