package io.touchstone.generation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerTextTest {
  /** Longer than any answer here. */
  private static final int LONG = 10_000;

  private static final Set<Integer> NO_EOS = Set.of();

  @Test
  void endsWithATokenOfItsEnd() {
    try (Tokenizer tokens = PieceTokens.of("a", "b").special("<|end|>").open()) {
      AnswerText text = text(tokens, false, new AnswerRules(List.of(), Set.of(2, 7), LONG));
      assertThat(text.add(0, -0.5)).isEmpty();
      assertThat(text.add(1, -0.25)).isEmpty();
      assertThat(text.add(2, -0.125)).contains(Finish.EOS);
      assertThat(text.tokens()).isEqualTo(3);
      assertThat(text.answer(Finish.EOS)).isEqualTo(new Answer("ab", null, Finish.EOS, 3, -0.875));
    }
  }

  @Test
  void endsWithItsLength() {
    try (Tokenizer tokens = PieceTokens.of("a").bytes("\u00c3").special("<|end|>").open()) {
      AnswerRules rules = new AnswerRules(List.of("x"), Set.of(2), 3);
      assertThat(answer(tokens, false, rules, 0, 0, 1))
          .isEqualTo(answer("aa\uFFFD", null, Finish.LENGTH, 3));
      assertThat(answer(tokens, false, rules, 0, 0, 2))
          .isEqualTo(answer("aa", null, Finish.EOS, 3));
    }
  }

  @Test
  void isCutAtAStopStringAndLosesWhatItsLastTokenHasBeyond() {
    try (Tokenizer tokens = PieceTokens.of("int", " class", "es").open()) {
      assertThat(answer(tokens, false, stops(" c"), 0, 1))
          .isEqualTo(answer("int", null, Finish.STOP, 2));
      assertThat(answer(tokens, false, stops("sse"), 0, 1, 2))
          .isEqualTo(answer("int cla", null, Finish.STOP, 3));
      assertThat(answer(tokens, false, stops("es", "ss", "las"), 0, 1))
          .isEqualTo(answer("int c", null, Finish.STOP, 2));
    }
  }

  @Test
  void findsStopStringsAcrossTokensAndCharactersThatTokensShare() {
    try (Tokenizer tokens =
        PieceTokens.of("a", "\n", "User", ":").bytes("\u00e2\u0082").bytes("\u00ac!").open()) {
      assertThat(answer(tokens, false, stops("\nUser:"), 0, 1, 2, 3))
          .isEqualTo(answer("a", null, Finish.STOP, 4));
      assertThat(answer(tokens, false, stops("a€"), 2, 0, 4, 5))
          .isEqualTo(answer("User", null, Finish.STOP, 4));
    }
  }

  @Test
  void looksForNoStopStringInAThought() {
    try (Tokenizer tokens = PieceTokens.of("\n\n", "why", "</th", "ink>\n\nHi", "END").open()) {
      AnswerRules rules = stops("\n\n", "END");
      assertThat(answer(tokens, true, true, rules, 1, 0, 4, 2, 3, 4))
          .isEqualTo(answer("Hi", "why\n\nEND", Finish.STOP, 6));
      assertThat(answer(tokens, true, true, rules, 1, 0, 2, 3, 0))
          .isEqualTo(answer("Hi", "why", Finish.STOP, 5));
    }
  }

  @Test
  void waitsWhetherAnAnswerBeginsWithAThought() {
    try (Tokenizer tokens =
        PieceTokens.of("\n", "<th", "ink>", "why", "</think>", "Hi", " there").open()) {
      AnswerRules rules = stops("\n", "<");
      assertThat(answer(tokens, true, false, rules, 0, 1, 2, 3, 0, 4, 0, 5, 0))
          .isEqualTo(answer("Hi", "why", Finish.STOP, 9));
      // No thought after all: the line end in front of it stops.
      assertThat(answer(tokens, true, false, rules, 0, 5))
          .isEqualTo(answer("", null, Finish.STOP, 2));
      assertThat(answer(tokens, true, false, rules, 5, 6, 1))
          .isEqualTo(answer("Hi there", null, Finish.STOP, 3));
    }
  }

  @Test
  void neverGivesAnAnswerThatHoldsAStopString() {
    try (Tokenizer tokens = PieceTokens.of("\n").special("<|end|>").open()) {
      AnswerRules rules = new AnswerRules(List.of("\n"), Set.of(1), LONG);
      assertThat(answer(tokens, true, false, rules, 0, 1))
          .isEqualTo(answer("", null, Finish.STOP, 2));
    }
  }

  @Test
  void hasNoAnswerWhereItEndsWithinItsThought() {
    try (Tokenizer tokens =
        PieceTokens.of("why", "END").added("<think>").special("<|end|>").open()) {
      AnswerRules rules = new AnswerRules(List.of("END"), Set.of(3), 3);
      assertThat(answer(tokens, true, true, rules, 0, 1, 0))
          .isEqualTo(answer(null, "whyENDwhy", Finish.LENGTH, 3));
      assertThat(answer(tokens, true, false, rules, 2, 0, 3))
          .isEqualTo(answer(null, "why", Finish.EOS, 3));
    }
  }

  @Test
  void takesTagsForTextWhereTheModelDoesNotThink() {
    try (Tokenizer tokens = PieceTokens.of("<think>", "why", "</think>", "END").open()) {
      assertThat(answer(tokens, false, true, stops("END"), 0, 1, 2, 3))
          .isEqualTo(answer("<think>why</think>", null, Finish.STOP, 4));
    }
  }

  @Test
  void refusesAStopStringThatIsEverywhere() {
    assertThatThrownBy(() -> stops("a", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected stop strings, found an empty one");
  }

  /** Random answers in which everything comes, against the text of all tokens after each one. */
  @Test
  void stopsWithTheTokenAtWhichTheWholeTextHasAStopString() {
    try (Tokenizer tokens =
        PieceTokens.of("a", "b", "ab", " ", "\n", "<", "think>", "</", "€", "long piece of text")
            .bytes("\u00e2")
            .bytes("\u0082")
            .bytes("\u00ac")
            .bytes("\u00ff")
            .added("<think>")
            .added("</think>")
            .special("<|pad|>")
            .open()) {
      Random random = new Random(17);
      List<String> known =
          List.of("aab", "b\n", "€", "a€b", "bb", "< ", "ba ba", "piece of text a");
      int stopped = 0;
      for (int round = 0; round < 150; round++) {
        List<String> stops = List.of(known.get(random.nextInt(8)), known.get(random.nextInt(8)));
        boolean thinks = random.nextBoolean();
        boolean opened = random.nextBoolean();
        int kinds = 3 + random.nextInt(16);
        int[] ids = random.ints(120, 0, kinds).map(id -> (id * 5 + 2) % 18).toArray();
        AnswerDecoder decoder = new AnswerDecoder(tokens, thinks);
        int end = firstStop(decoder, ids, stops, opened);
        AnswerText text = new AnswerText(decoder, new AnswerRules(stops, NO_EOS, LONG), opened);
        int found = 0;
        while (found < ids.length && text.add(ids[found], 0).isEmpty()) {
          found++;
        }
        assertThat(found).as("round %d", round).isEqualTo(end);
        stopped += found < ids.length ? 1 : 0;
      }
      assertThat(stopped).isBetween(30, 140);
    }
  }

  /**
   * Tokenizers of models, one of which has tokens for bytes and takes the first space of a text.
   */
  @ParameterizedTest
  @CsvSource({"llama-causal", "mistral-causal"})
  void findsWhateverATextHasWithTheTokenThatCompletesIt(String model) throws IOException {
    Path folder = Path.of("src/test/resources/references", model);
    Random random = new Random(23);
    int stopped = 0;
    try (Tokenizer tokens =
        HuggingFaceTokens.of(Files.readAllBytes(folder.resolve("tokenizer.json")))) {
      AnswerDecoder decoder = new AnswerDecoder(tokens, false);
      for (int round = 0; round < 60; round++) {
        int[] ids = random.ints(100, 0, round % 2 == 0 ? 260 : 560).toArray();
        String whole = decoder.text(ids, 0, ids.length);
        int from = random.nextInt(whole.length() - 8);
        String stop = whole.substring(from, from + 1 + random.nextInt(7));
        if (stop.indexOf('\uFFFD') >= 0) {
          continue;
        }
        AnswerText text = new AnswerText(decoder, stops(stop), false);
        int found = 0;
        while (found < ids.length && text.add(ids[found], 0).isEmpty()) {
          found++;
        }
        assertThat(found)
            .as("round %d", round)
            .isEqualTo(firstStop(decoder, ids, List.of(stop), false));
        stopped++;
      }
    }
    assertThat(stopped).isGreaterThan(10);
  }

  /** The token by which it is there; as many as there are if it is not. */
  private static int firstStop(
      AnswerDecoder decoder, int[] ids, List<String> stops, boolean opened) {
    for (int count = 1; count <= ids.length; count++) {
      String whole = decoder.text(ids, 0, count);
      String response = whole;
      if (decoder.thinks()) {
        ThoughtSplit split = ThoughtSplit.of(whole, opened);
        boolean undecided = split.thought() == null && "<think>".startsWith(whole.stripLeading());
        response = undecided || split.response() == null ? "" : split.response();
      }
      if (stops.stream().anyMatch(response::contains)) {
        return count - 1;
      }
    }
    return ids.length;
  }

  /** As many tokens of text again cost as much again, not four times it. */
  @Test
  void looksAtTheEndOfALongAnswerOnly() {
    try (Tokenizer tokens = PieceTokens.of("word ", "y").special("<|pad|>").open()) {
      Counting counting = new Counting(tokens);
      AnswerText text =
          new AnswerText(new AnswerDecoder(counting, true), stops("\nUser:", "END"), true);
      List<Long> decoded = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        long before = counting.ids;
        IntStream.range(0, 2000).forEach(step -> assertThat(text.add(step % 3, 0)).isEmpty());
        decoded.add(counting.ids - before);
      }
      assertThat(decoded.get(2)).isLessThan(2000 * 40);
      assertThat(decoded.get(2)).isBetween(decoded.get(0) * 9 / 10, decoded.get(0) * 11 / 10);
    }
  }

  private static final class Counting implements Tokenizer {
    private final Tokenizer tokenizer;
    long ids;

    Counting(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    @Override
    public int[] encode(String text) {
      return tokenizer.encode(text);
    }

    @Override
    public String decode(int[] decoded) {
      ids += decoded.length;
      return tokenizer.decode(decoded);
    }

    @Override
    public void close() {}
  }

  private static AnswerRules stops(String... stops) {
    return new AnswerRules(List.of(stops), NO_EOS, LONG);
  }

  private static AnswerText text(Tokenizer tokens, boolean thinks, AnswerRules rules) {
    return new AnswerText(new AnswerDecoder(tokens, thinks), rules, false);
  }

  private static Answer answer(Tokenizer tokens, boolean thinks, AnswerRules rules, int... ids) {
    return answer(tokens, thinks, false, rules, ids);
  }

  /** The answer of these tokens, the last of which must end it and no other. */
  private static Answer answer(
      Tokenizer tokens, boolean thinks, boolean opensThought, AnswerRules rules, int... ids) {
    AnswerText text = new AnswerText(new AnswerDecoder(tokens, thinks), rules, opensThought);
    Optional<Finish> finish = Optional.empty();
    for (int id : ids) {
      assertThat(finish).isEmpty();
      finish = text.add(id, 0);
    }
    return text.answer(finish.orElseThrow());
  }

  private static Answer answer(
      @Nullable String response, @Nullable String thought, Finish finish, int tokens) {
    return new Answer(response, thought, finish, tokens, 0);
  }
}
