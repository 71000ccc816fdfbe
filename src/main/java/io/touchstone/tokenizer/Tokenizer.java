package io.touchstone.tokenizer;

/** From text to token ids. Safe from any thread. */
public interface Tokenizer extends AutoCloseable {

  /**
   * Ids of the text alone: nothing is added in front or behind, nothing is cut.
   *
   * @throws TokenizerException if it has none
   */
  int[] encode(String text);

  @Override
  void close();
}
