package io.touchstone.ledger;

import io.touchstone.digest.Sha256;
import io.touchstone.scoring.ScoreIdentity;
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
    return Sha256.hex(identity.text(), IDENTITY_BYTES) + "-";
  }

  static boolean isOne(String name) {
    return SHAPE.matcher(name).matches();
  }
}
