package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rows and their conversations have in common is computed once. */
final class SharedTokensTest {
  @Test
  void candidatesShareTheirPrompt() {
    try (Scorer scorer = factory(PromptChoice.CHAT).open()) {
      String prompt = "Tell me of the river and the stone. ".repeat(20);
      List<Conversation> candidates =
          IntStream.range(0, 6).mapToObj(i -> conversation(prompt, "Answer " + i)).toList();
      PreparedRow row = (PreparedRow) scorer.prepare(candidates);
      int longest = Collections.max(row.promptTokens());
      assertThat(row.presentedTokens()).isGreaterThan(5L * longest);
      assertThat(row.distinctTokens()).isLessThan(longest + 5 * 16);
      // Another row of the same prompt adds its answer only.
      PreparedRow other =
          (PreparedRow) scorer.prepare(List.of(conversation(prompt, "Something else.")));
      long both = scorer.score(List.of(row, other)).computedTokens();
      assertThat(both).isLessThan(row.distinctTokens() + 24);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHAT", "STEERLM"})
  void onePassReadsAllLabelledTurns(PromptChoice prompt) {
    try (Scorer scorer = factory(prompt).open()) {
      List<Turn> turns = new ArrayList<>();
      List<Conversation> labelled = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        turns.add(Turn.of(Role.USER, "Question " + i + " about the copper window, please."));
        turns.add(Turn.of(Role.ASSISTANT, "Answer " + i + " about the copper window, gladly."));
        labelled.add(new Conversation(turns));
      }
      PreparedRow row = (PreparedRow) scorer.prepare(labelled);
      int longest = row.promptTokens().get(5);
      assertThat(row.presentedTokens()).isGreaterThan(3L * longest);
      // SteerLM's suffix follows each turn that is scored, and only that one.
      int apart = prompt == PromptChoice.STEERLM ? 5 : 0;
      assertThat(row.distinctTokens()).isLessThanOrEqualTo(longest + apart);
    }
  }

  @Test
  void rowsShareTheHeadOfTheTemplate() {
    try (Scorer scorer = factory(PromptChoice.STEERLM).open()) {
      PreparedRow a = (PreparedRow) scorer.prepare(List.of(conversation("One thing", "Yes.")));
      PreparedRow b = (PreparedRow) scorer.prepare(List.of(conversation("Another", "No.")));
      int[] head = a.tree().segments().get(0);
      assertThat(b.tree().segments().get(0)).isEqualTo(head);
      assertThat(scorer.score(List.of(a, b)).computedTokens())
          .isEqualTo(a.distinctTokens() + b.distinctTokens() - head.length);
    }
  }

  private static EngineScorerFactory factory(PromptChoice prompt) {
    return EngineScorerFactory.of(
        new EngineConfig(
            Path.of("src/test/resources/references/llama-causal"),
            Checkpoint.Reading.defaults(),
            EngineConfig.Known.NOT,
            prompt,
            0,
            List.of(),
            OptionalInt.empty(),
            LocalDate.of(2024, 7, 26),
            Precision.FP32,
            new DeviceRule.Cpu(),
            new Resources(1, 0, 0)));
  }

  private static Conversation conversation(String prompt, String answer) {
    return new Conversation(List.of(Turn.of(Role.USER, prompt), Turn.of(Role.ASSISTANT, answer)));
  }
}
