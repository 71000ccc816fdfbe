package io.touchstone.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import io.touchstone.generation.Judgement;
import io.touchstone.generation.JudgementRule;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judgements in answers; the difference of step n is n. */
final class JudgedTextTest {
  private static final int END = 0;
  private static final int LONG = 10_000;

  private static AnswerRules rules(String marker, int most, String... stops) {
    return new AnswerRules(
        List.of(stops), Set.of(END), most, Optional.of(new JudgementRule(marker, 1, 2)));
  }

  private static Answer answer(
      Tokenizer tokens, boolean thinks, boolean opened, AnswerRules rules, int... ids) {
    AnswerText text = new AnswerText(new AnswerDecoder(tokens, thinks), rules, opened);
    Optional<Finish> finish = Optional.empty();
    for (int i = 0; i < ids.length; i++) {
      assertThat(finish).isEmpty();
      finish = text.add(ids[i], -1, i);
    }
    return text.answer(finish.orElse(Finish.EOS));
  }

  private static Tokenizer tokens() {
    return PieceTokens.of("<e>", " Yes", " No", "Verdict", ":", ": so", " x", "</think>", "<think>")
        .open();
  }

  @Test
  void isReadBehindTheLastMarker() {
    try (Tokenizer tokens = tokens()) {
      AnswerRules rules = rules("Verdict:", LONG);
      assertThat(answer(tokens, false, false, rules, 6, 3, 4, 1, 0).judgement())
          .isEqualTo(new Judgement(3, 1));
      assertThat(answer(tokens, false, false, rules, 3, 4, 1, 6, 3, 4, 2, 0).judgement())
          .isEqualTo(new Judgement(6, 2));
      // Neither of the two, and the end itself.
      assertThat(answer(tokens, false, false, rules, 3, 4, 6, 1, 0).judgement())
          .isEqualTo(new Judgement(2, 6));
      assertThat(answer(tokens, false, false, rules, 3, 4, 0).judgement())
          .isEqualTo(new Judgement(2, 0));
      // A token that completes the marker and goes on.
      assertThat(answer(tokens, false, false, rules, 3, 5, 2, 0).judgement())
          .isEqualTo(new Judgement(2, 2));
      assertThat(answer(tokens, false, false, rules, 6, 1, 0).judgement()).isNull();
    }
  }

  @Test
  void isMissingWhereTheAnswerEndsInFrontOfIt() {
    try (Tokenizer tokens = tokens()) {
      Answer cut = answer(tokens, false, false, rules("Verdict:", 2), 3, 4);
      assertThat(cut.finish()).isEqualTo(Finish.LENGTH);
      assertThat(cut.judgement()).isNull();
      Answer stopped = answer(tokens, false, false, rules("Verdict:", LONG, " x"), 3, 4, 1, 6);
      assertThat(stopped.judgement()).isEqualTo(new Judgement(2, 1));
      Answer before = answer(tokens, false, false, rules("Verdict:", LONG, "Verdict"), 6, 3);
      assertThat(before.judgement()).isNull();
    }
  }

  @Test
  void isNotReadInAThought() {
    try (Tokenizer tokens = tokens()) {
      AnswerRules rules = rules("Verdict:", LONG);
      assertThat(answer(tokens, true, false, rules, 8, 3, 4, 1, 7, 6, 0).judgement()).isNull();
      assertThat(answer(tokens, true, false, rules, 8, 3, 4, 1, 7, 3, 4, 2, 0).judgement())
          .isEqualTo(new Judgement(7, 2));
      assertThat(answer(tokens, true, true, rules, 3, 4, 1, 7, 6, 0).judgement()).isNull();
      assertThat(answer(tokens, true, true, rules, 3, 4, 1, 0).judgement()).isNull();
      assertThat(answer(tokens, true, false, rules, 3, 4, 1, 0).judgement())
          .isEqualTo(new Judgement(2, 1));
    }
  }

  @Test
  void isNotReadWhereNobodyAsks() {
    try (Tokenizer tokens = tokens()) {
      AnswerRules rules = new AnswerRules(List.of(), Set.of(END), LONG);
      assertThat(answer(tokens, false, false, rules, 3, 4, 1, 0).judgement()).isNull();
    }
  }

  /**
   * Tokenizers of models, one of which has tokens for bytes and takes the first space of a text.
   */
  @ParameterizedTest
  @CsvSource({"llama-causal", "mistral-causal"})
  void isBehindTheTokenThatCompletesTheMarker(String model) throws IOException {
    Path folder = Path.of("src/test/resources/references", model);
    Random random = new Random(29);
    int read = 0;
    try (Tokenizer tokens =
        HuggingFaceTokens.of(Files.readAllBytes(folder.resolve("tokenizer.json")))) {
      AnswerDecoder decoder = new AnswerDecoder(tokens, false);
      for (int round = 0; round < 60; round++) {
        int[] ids = random.ints(100, 3, round % 2 == 0 ? 260 : 560).toArray();
        String whole = decoder.text(ids, 0, ids.length);
        int from = random.nextInt(whole.length() - 8);
        String marker = whole.substring(from, from + 2 + random.nextInt(6));
        if (marker.isBlank() || marker.indexOf('\uFFFD') >= 0) {
          continue;
        }
        int end = whole.lastIndexOf(marker) + marker.length();
        int completed = 0;
        while (!decoder.text(ids, 0, completed).regionMatches(0, whole, 0, end)) {
          completed++;
        }
        assertThat(answer(tokens, false, false, rules(marker, LONG), ids).judgement())
            .as("round %d", round)
            .isEqualTo(completed == ids.length ? null : new Judgement(completed, ids[completed]));
        read++;
      }
    }
    assertThat(read).isGreaterThan(10);
  }
}
