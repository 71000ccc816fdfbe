package io.touchstone.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A {@code tokenizer.json} run by Hugging Face's own tokenizers library.
 *
 * <p>Ids equal {@code tokenizer(text, add_special_tokens=False)}: chat templates write the special
 * tokens themselves.
 */
public final class HuggingFaceTokens implements Tokenizer {
  private final HuggingFaceTokenizer tokenizer;
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private HuggingFaceTokens(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * @param json what a {@code tokenizer.json} holds
   * @throws IllegalArgumentException if the library cannot read it
   */
  public static HuggingFaceTokens of(byte[] json) {
    try {
      return new HuggingFaceTokens(
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json),
              Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false")));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "[tokenizer.json] expected a tokenizer of Hugging Face's tokenizers: " + e.getMessage(),
          e);
    }
  }

  @Override
  public int[] encode(String text) {
    // A lone surrogate is no character: passed on it would garble every other one of the text.
    String valid = wellFormed(text);
    open.readLock().lock();
    try {
      // The library's own calls: HuggingFaceTokenizer.encode copies masks and offsets as well, and
      // takes twice the time.
      long encoding = encoding(valid);
      try {
        return Arrays.stream(TokenizersLibrary.LIB.getTokenIds(encoding))
            .mapToInt(Math::toIntExact)
            .toArray();
      } finally {
        TokenizersLibrary.LIB.deleteEncoding(encoding);
      }
    } finally {
      open.readLock().unlock();
    }
  }

  /** Equals {@code tokenizer.decode(ids, skip_special_tokens=True)} of byte-level tokenizers. */
  @Override
  public String decode(int[] ids) {
    long[] wide = Arrays.stream(ids).asLongStream().toArray();
    open.readLock().lock();
    try {
      return TokenizersLibrary.LIB.decode(tokenizer.getHandle(), wide, true);
    } catch (RuntimeException e) {
      throw new TokenizerException("expected ids that have a text: " + e.getMessage(), e);
    } finally {
      open.readLock().unlock();
    }
  }

  private long encoding(String text) {
    try {
      return TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, false);
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

  /** With U+FFFD for each half of a surrogate pair that stands alone, as UTF-16 itself has it. */
  static String wellFormed(String text) {
    return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
        ? UTF_16BE.decode(UTF_16BE.encode(text)).toString()
        : text;
  }
}
