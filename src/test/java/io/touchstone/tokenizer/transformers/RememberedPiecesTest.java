package io.touchstone.tokenizer.transformers;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.RememberedPieces;
import io.touchstone.tokenizer.Tokenizer;
import io.touchstone.tokenizer.TokenizerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RememberedPiecesTest {
  private static final int TEXTS_OF_EACH = 12;

  private static final List<String> BETWEEN =
      List.of(
          "",
          " ",
          "  ",
          "\n",
          "\n\n",
          "user",
          " a",
          "b ",
          "Hello, you!",
          "e\u0301",
          "\u2581",
          "12 345",
          "<",
          "|",
          "<|",
          "\uD83D\uDE00",
          "\uD800",
          "\u00e9t\u00e9",
          ".\n\nAnd",
          "\t x");

  @TempDir private Path folder;

  @Test
  void thePiecesOfATextHaveTheWholesIdsWhateverTheTokenizer() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    DrawnFolders folders = DrawnFolders.read();
    int cut = 0;
    for (int f = 0; f < folders.drawn.get("folders").size(); f++) {
      Problems problems = new Problems();
      Optional<MadeTokenizer> made =
          folders.make(folders.drawn.get("folders").get(f), folder, problems);
      if (made.isEmpty() || !problems.isEmpty()) {
        continue;
      }
      List<String> spelled = new ArrayList<>(made.get().addedTexts());
      spelled.addAll(BETWEEN);
      try (Tokenizer whole = HuggingFaceTokens.of(made.get().json());
          Counting counting = new Counting(HuggingFaceTokens.of(made.get().json()));
          Tokenizer pieces = new RememberedPieces(made.get().cuts(), counting)) {
        for (int i = 0; i < TEXTS_OF_EACH; i++) {
          StringBuilder text = new StringBuilder();
          for (int part = random.nextInt(9); part >= 0; part--) {
            text.append(spelled.get(random.nextInt(spelled.size())));
          }
          assertThat(outcome(pieces, text.toString()))
              .as("folder %d, seed %d, text %s", f, seed, text)
              .isEqualTo(outcome(whole, text.toString()));
        }
        cut += counting.calls > TEXTS_OF_EACH ? 1 : 0;
      }
    }
    assertThat(cut).as("tokenizers whose texts are cut").isGreaterThan(100);
  }

  private static String outcome(Tokenizer tokenizer, String text) {
    try {
      return Arrays.toString(tokenizer.encode(text));
    } catch (TokenizerException e) {
      return e.getMessage();
    }
  }

  @Test
  void whatWasMetIsNotEncodedAgainAndTheLongestStartCounts() {
    Counting counting = new Counting(new Words());
    try (Tokenizer pieces = new RememberedPieces(List.of("<a", "<a>", "<b>"), counting)) {
      pieces.encode("<a>one<b>two<ax");
      assertThat(counting.encoded).containsExactly("<a>one", "<b>two", "<ax");
      pieces.encode("<a>one<b>three");
      assertThat(counting.encoded).containsExactly("<a>one", "<b>two", "<ax", "<b>three");
      assertThat(pieces.encode("")).isEmpty();
    }
  }

  @Test
  void whatIsRememberedIsBounded() {
    Counting counting = new Counting(new Words());
    try (Tokenizer pieces = new RememberedPieces(List.of("<a>"), counting)) {
      String large = "x".repeat(1 << 20);
      for (int i = 0; i < 5; i++) {
        pieces.encode("<a>" + i + large);
      }
      pieces.encode("<a>4" + large);
      assertThat(counting.calls).isEqualTo(5);
      pieces.encode("<a>0" + large);
      assertThat(counting.calls).isEqualTo(6);
    }
  }

  /** A text's length is its one id. */
  private static final class Words implements Tokenizer {
    @Override
    public int[] encode(String text) {
      return new int[] {text.length()};
    }

    @Override
    public String decode(int[] ids) {
      throw new AssertionError("ids to decode: " + ids.length);
    }

    @Override
    public void close() {}
  }

  private static final class Counting implements Tokenizer {
    final List<String> encoded = new ArrayList<>();
    private final Tokenizer tokenizer;
    private int calls;

    Counting(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    @Override
    public int[] encode(String text) {
      calls++;
      encoded.add(text);
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
}
