package io.touchstone.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A {@code tokenizer.json} run by Hugging Face's own tokenizers library, with what its
 * post-processor adds: ids equal {@code tokenizer(text)} and {@code tokenizer(text, pair)}. Safe
 * from any thread.
 */
public final class PairTokens implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private PairTokens(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * @param json what a {@code tokenizer.json} holds
   * @param most tokens that are left of longer texts, as {@code truncation=True, max_length=…} cuts
   *     them (longest_first); empty for all
   * @throws IllegalArgumentException if the library cannot read it
   */
  public static PairTokens of(byte[] json, OptionalInt most) {
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json),
              Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false"));
      if (most.isPresent()) {
        TokenizersLibrary.LIB.setTruncation(
            tokenizer.getHandle(), most.getAsInt(), "LONGEST_FIRST", 0);
      }
      return new PairTokens(tokenizer);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "[tokenizer.json] expected a tokenizer of Hugging Face's tokenizers: " + e.getMessage(),
          e);
    }
  }

  /**
   * @param pair the second text
   * @throws TokenizerException if they have no ids
   */
  public EncodedText encode(String text, Optional<String> pair) {
    open.readLock().lock();
    try {
      long encoding = encoding(text, pair);
      try {
        return encoded(encoding);
      } finally {
        TokenizersLibrary.LIB.deleteEncoding(encoding);
      }
    } finally {
      open.readLock().unlock();
    }
  }

  private static EncodedText encoded(long encoding) {
    int[] ids =
        Arrays.stream(TokenizersLibrary.LIB.getTokenIds(encoding))
            .mapToInt(Math::toIntExact)
            .toArray();
    long[] types = TokenizersLibrary.LIB.getTypeIds(encoding);
    int first = 0;
    while (first < types.length && types[first] == 0) {
      first++;
    }
    for (int t = first; t < types.length; t++) {
      if (types[t] != 1) {
        throw new TokenizerException(
            "expected tokens of a first text and behind it those of a second, found type "
                + types[t]);
      }
    }
    boolean isCut = TokenizersLibrary.LIB.getOverflowCount(encoding) > 0;
    return new EncodedText(ids, first == types.length ? 0 : first, isCut);
  }

  private long encoding(String text, Optional<String> pair) {
    // A lone surrogate is no character: passed on it would garble every other one of the text.
    String valid = HuggingFaceTokens.wellFormed(text);
    long handle = tokenizer.getHandle();
    try {
      return pair.isPresent()
          ? TokenizersLibrary.LIB.encodeDual(
              handle, valid, HuggingFaceTokens.wellFormed(pair.get()), true)
          : TokenizersLibrary.LIB.encode(handle, valid, true);
    } catch (RuntimeException e) {
      throw new TokenizerException("expected a text that can be tokenized: " + e.getMessage(), e);
    }
  }

  /** Waits for encodings under way: the native tokenizer must not go from under them. */
  @Override
  public void close() {
    open.writeLock().lock();
    try {
      tokenizer.close();
    } finally {
      open.writeLock().unlock();
    }
  }
}
