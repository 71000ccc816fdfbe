package io.touchstone.spark.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.digest.Sha256;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** 64 bits of a digest of what a row is drawn by: its id, or its prompt. */
final class RowDigest {

  private RowDigest() {}

  static long of(PreparedPrompt prompt) {
    MessageDigest digest = Sha256.begin();
    if (prompt.prompt().id().isPresent()) {
      digest.update(prompt.prompt().id().get().getBytes(UTF_8));
    } else if (prompt.ids().length > 0) {
      ByteBuffer ids = ByteBuffer.allocate(Integer.BYTES * prompt.ids().length);
      ids.asIntBuffer().put(prompt.ids());
      digest.update(ids.array());
    } else {
      // Another program makes the ids, of what it is sent.
      digest.update(prompt.prompt().conversation().toString().getBytes(UTF_8));
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
