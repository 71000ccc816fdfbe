package io.touchstone.digest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
  private Sha256() {}

  public static MessageDigest begin() {
    return DigestUtils.getSha256Digest();
  }

  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(begin().digest(bytes));
  }

  /**
   * The digest of a text in UTF-8, as far as its first bytes.
   *
   * @return in hex, two digits a byte
   */
  public static String hex(String text, int bytes) {
    return HexFormat.of().formatHex(begin().digest(text.getBytes(UTF_8)), 0, bytes);
  }
}
