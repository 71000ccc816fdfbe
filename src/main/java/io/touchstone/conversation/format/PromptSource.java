package io.touchstone.conversation.format;

/** Makes of each line what is to be answered. Any thread, several at once. */
public interface PromptSource {

  /**
   * What the line is: nothing is thrown.
   *
   * @param utf8Line without line end and byte order mark; kept by the row, so not to be written to
   */
  ParsedPrompt read(byte[] utf8Line);
}
