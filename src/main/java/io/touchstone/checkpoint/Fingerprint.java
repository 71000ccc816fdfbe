package io.touchstone.checkpoint;

import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.checkpoint.safetensors.TensorBytes;
import io.touchstone.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What scores depend on, as one SHA-256: of a list with a line per file ({@code config.json} and
 * the tokenizer's) and per tensor in use, each with the SHA-256 of its bytes, a tensor also with
 * its type and shape. Where the folder lies, how tensors are spread over shards, file times and
 * other files do not count.
 *
 * <p>How much of the weights counts, {@link Checkpoint#fingerprint} says; 16 blocks of each large
 * tensor are about 600 MiB of a 70B model. Training, merging and rounding touch nearly all bytes; a
 * damaged disk may touch few.
 */
final class Fingerprint {
  private static final long WHOLE_MODEL_BYTES = 64L << 20;

  private final SortedMap<String, String> files = new TreeMap<>();

  void file(String name, byte[] bytes) {
    files.put(name, Sha256.hex(bytes));
  }

  void file(String name, MessageDigest read) {
    files.put(name, HexFormat.of().formatHex(read.digest()));
  }

  /**
   * Reads the tensors' bytes.
   *
   * @param tensors in the order of their names
   */
  String of(Collection<Tensor> tensors) throws IOException {
    boolean whole = tensors.stream().mapToLong(Tensor::length).sum() <= WHOLE_MODEL_BYTES;
    MessageDigest digest = Sha256.begin();
    files.forEach((name, bytes) -> line(digest, name + " " + bytes));
    TensorBytes bytes = new TensorBytes();
    for (Tensor tensor : tensors) {
      MessageDigest of = Sha256.begin();
      if (whole) {
        bytes.all(tensor, of);
      } else {
        bytes.sample(tensor, of);
      }
      String hex = HexFormat.of().formatHex(of.digest());
      line(digest, tensor.name() + " " + tensor.dtype() + " " + tensor.shape() + " " + hex);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void line(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
