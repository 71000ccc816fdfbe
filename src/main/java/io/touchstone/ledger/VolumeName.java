package io.touchstone.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.scoring.ScoreIdentity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A volume's file name: what its scores depend on, and its content, as digests. */
final class VolumeName {

  private static final int IDENTITY_BYTES = 8;
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{16}-[0-9a-f]{32}\\.scores");

  private VolumeName() {}

  static String of(ScoreIdentity identity, String content) {
    return prefix(identity) + content + ".scores";
  }

  /** What the names of all volumes with such scores begin with. */
  static String prefix(ScoreIdentity identity) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.text().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, IDENTITY_BYTES) + "-";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static boolean isOne(String name) {
    return SHAPE.matcher(name).matches();
  }
}
