package io.touchstone.tokenizer;

/** A tokenizer of texts that do not spell a word which its original takes for a command. */
public final class TextsWithout implements Tokenizer {
  private final String word;
  private final Tokenizer tokenizer;

  /** Takes over the tokenizer, and closes it. */
  public TextsWithout(String word, Tokenizer tokenizer) {
    this.word = word;
    this.tokenizer = tokenizer;
  }

  @Override
  public int[] encode(String text) {
    if (text.contains(word)) {
      throw new TokenizerException(
          "expected no " + word + ", which asks transformers for infilling, found one");
    }
    return tokenizer.encode(text);
  }

  @Override
  public String decode(int[] ids) {
    return tokenizer.decode(ids);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
