package io.touchstone.scoring.prompt;

import io.touchstone.batch.SegmentTree;
import io.touchstone.digest.Sha256;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the keys of conversations. A segment's digest is that of its parent's digest and its own
 * ids, so where a conversation is cut is part of its key: the last bits of a score depend on it,
 * and each token is digested once however many conversations share it. So is the table of positions
 * that it has, where that is not the usual one. Any thread's.
 */
public final class PromptKeys {

  private final byte[] root;

  public PromptKeys(ScoreIdentity identity) {
    this.root = Sha256.begin().digest(identity.text().getBytes(StandardCharsets.UTF_8));
  }

  /** One for each conversation, in their order. */
  public List<PromptKey> of(SegmentTree tree) {
    byte[][] digests = new byte[tree.parents().length][];
    for (int s = 0; s < digests.length; s++) {
      int parent = tree.parents()[s];
      MessageDigest digest = Sha256.begin();
      digest.update(parent < 0 ? root : digests[parent]);
      if (parent < 0 && tree.stretches()[s] != 0) {
        digest.update(bytes(new int[] {-1, tree.stretches()[s]}));
      }
      digest.update(bytes(tree.segments().get(s)));
      digests[s] = digest.digest();
    }
    List<PromptKey> keys = new ArrayList<>();
    for (int end : tree.ends()) {
      ByteBuffer first = ByteBuffer.wrap(digests[end]);
      keys.add(new PromptKey(first.getLong(), first.getLong()));
    }
    return keys;
  }

  private static byte[] bytes(int[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(ids.length, Integer.BYTES));
    bytes.asIntBuffer().put(ids);
    return bytes.array();
  }
}
