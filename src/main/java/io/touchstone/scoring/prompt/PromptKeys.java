package io.touchstone.scoring.prompt;

import io.touchstone.batch.SegmentTree;
import io.touchstone.digest.Sha256;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** One for each conversation, in their order; of those that are read at several places of all. */
  public List<PromptKey> of(PreparedRow row) {
    byte[][] readOuts = digests(row.tree());
    List<PromptKey> keys = new ArrayList<>();
    int next = 0;
    for (int places : row.places()) {
      byte[] key = readOuts[next++];
      if (places > 1) {
        MessageDigest digest = Sha256.begin();
        digest.update(key);
        for (int place = 1; place < places; place++) {
          digest.update(readOuts[next++]);
        }
        key = digest.digest();
      }
      ByteBuffer first = ByteBuffer.wrap(key);
      keys.add(new PromptKey(first.getLong(), first.getLong()));
    }
    return keys;
  }

  /** One for each read-out. */
  private byte[][] digests(SegmentTree tree) {
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
    return Arrays.stream(tree.ends()).mapToObj(end -> digests[end]).toArray(byte[][]::new);
  }

  private static byte[] bytes(int[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(ids.length, Integer.BYTES));
    bytes.asIntBuffer().put(ids);
    return bytes.array();
  }
}
