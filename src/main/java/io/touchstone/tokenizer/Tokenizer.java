package io.touchstone.tokenizer;

/** From text to token ids and back. Safe from any thread. */
public interface Tokenizer extends AutoCloseable {

  /**
   * Ids of the text alone: nothing is added in front or behind, nothing is cut.
   *
   * @throws TokenizerException if it has none
   */
  int[] encode(String text);

  /**
   * The text of generated ids: special tokens are left out, and so are ids that no token has; bytes
   * that are no UTF-8 become U+FFFD, one for each part that could not be longer.
   */
  String decode(int[] ids);

  @Override
  void close();
}
