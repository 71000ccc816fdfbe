package io.touchstone.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.tokenizer.Tokenizer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AnswerDecoderTest {

  @Test
  void decodesCharactersThatTokensShare() {
    try (Tokenizer tokens = PieceTokens.of("caf").bytes("\u00c3").bytes("\u00a9").open()) {
      assertThat(text(tokens, 0, 1, 2)).isEqualTo("café");
      assertThat(text(tokens, 0, 1)).isEqualTo("caf\uFFFD");
      assertThat(text(tokens, 2, 0)).isEqualTo("\uFFFDcaf");
    }
  }

  /** Java's own decoder makes one U+FFFD of a surrogate, transformers' three. */
  @Test
  void decodesBrokenBytesAsTransformersDoes() {
    try (Tokenizer tokens =
        PieceTokens.of("a")
            .bytes("\u00ed\u00a0\u0080")
            .bytes("\u00f0\u009f\u0098")
            .bytes("\u00ff\u00c0\u00af")
            .open()) {
      assertThat(text(tokens, 0, 1, 0)).isEqualTo("a\uFFFD\uFFFD\uFFFDa");
      assertThat(text(tokens, 0, 2, 0)).isEqualTo("a\uFFFDa");
      assertThat(text(tokens, 0, 3, 0)).isEqualTo("a\uFFFD\uFFFD\uFFFDa");
    }
  }

  @Test
  void keepsSpacesAndCharactersOfEveryKind() {
    try (Tokenizer tokens = PieceTokens.of(" a", " , b", "\0", "\ud83d\ude00", "\n").open()) {
      assertThat(text(tokens, 0, 1, 2, 3, 4)).isEqualTo(" a , b\0\ud83d\ude00\n");
      assertThat(text(tokens)).isEmpty();
    }
  }

  @Test
  void leavesOutSpecialTokensAndIdsThatNoTokenHas() {
    try (Tokenizer tokens = PieceTokens.of("a", "b").added("<call>").special("<|end|>").open()) {
      assertThat(text(tokens, 0, 2, 1, 3)).isEqualTo("a<call>b");
      assertThat(text(tokens, 0, 4, 151_935, 1)).isEqualTo("ab");
    }
  }

  @Test
  void keepsTagsOfThoughtsThatAreSpecialTokens() {
    try (Tokenizer tokens =
        PieceTokens.of("a", "b").special("<think>").special("</think>").special("<|end|>").open()) {
      int[] ids = {2, 0, 4, 3, 1, 4};
      assertThat(new AnswerDecoder(tokens, true).text(ids, 0, ids.length))
          .isEqualTo("<think>a</think>b");
      assertThat(new AnswerDecoder(tokens, false).text(ids, 0, ids.length)).isEqualTo("ab");
    }
  }

  private static String text(Tokenizer tokens, int... ids) {
    String text = new AnswerDecoder(tokens, true).text(ids, 0, ids.length);
    assertThat(text).isEqualTo(tokens.decode(IntStream.of(ids).toArray()));
    return text;
  }
}
