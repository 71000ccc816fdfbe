package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.tokenizer.transformers.TokenizerFile.Range;
import java.util.Optional;

/**
 * The model of a {@code tokenizer.json}, or what a class makes of it.
 *
 * @param type of the file, {@code BPE} where it says none
 * @param vocab where the file has the vocabulary; empty unless it is an object
 * @param merges where the file has the merges; empty if it has none
 */
record BpeModel(
    String type,
    Optional<Range> vocab,
    Optional<Range> merges,
    double dropout,
    String unkToken,
    String prefix,
    String suffix,
    boolean fuseUnk,
    boolean byteFallback,
    boolean ignoreMerges) {

  /** The same vocabulary and merges, taken apart as a class does. */
  BpeModel rebuilt(String ownUnkToken, boolean ownFuseUnk, boolean ownByteFallback) {
    return new BpeModel(
        type, vocab, merges, 0, ownUnkToken, "", "", ownFuseUnk, ownByteFallback, false);
  }

  /** All but vocabulary and merges, as a {@code tokenizer.json} has it; empty texts as null. */
  ObjectNode settings() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("type", type);
    settings.putNull("dropout");
    put(settings, "unk_token", unkToken);
    put(settings, "continuing_subword_prefix", prefix);
    put(settings, "end_of_word_suffix", suffix);
    return settings
        .put("fuse_unk", fuseUnk)
        .put("byte_fallback", byteFallback)
        .put("ignore_merges", ignoreMerges);
  }

  private static void put(ObjectNode settings, String name, String text) {
    if (text.isEmpty()) {
      settings.putNull(name);
    } else {
      settings.put(name, text);
    }
  }
}
