package io.touchstone.generation.sampling;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a row's draws depend on beside the seed: its prompt's tokens, or an id that it brings. Rows
 * of the same identity draw alike.
 *
 * @param digest SHA-256 in hex
 */
public record RowIdentity(String digest) {
  /** So that no prompt has the identity of an id. */
  private static final byte PROMPT = 0;

  private static final byte ID = 1;

  public static RowIdentity ofPrompt(int[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + Integer.BYTES * ids.length).put(PROMPT);
    for (int id : ids) {
      bytes.putInt(id);
    }
    return of(Sha256.begin(), bytes.array());
  }

  public static RowIdentity ofId(String id) {
    MessageDigest digest = Sha256.begin();
    digest.update(ID);
    return of(digest, id.getBytes(UTF_8));
  }

  private static RowIdentity of(MessageDigest digest, byte[] bytes) {
    return new RowIdentity(HexFormat.of().formatHex(digest.digest(bytes)));
  }
}
