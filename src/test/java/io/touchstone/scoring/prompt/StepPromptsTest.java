package io.touchstone.scoring.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.scoring.Chats;
import io.touchstone.scoring.Steps;
import io.touchstone.scoring.WordTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepPromptsTest {
  private static final Steps MARKED = new Steps("\n\n", "<step>", List.of());
  private static final Steps ANSWERED = new Steps("\n\n", "", List.of("+", "-"));
  private static final Steps SEPARATED = new Steps("\n\n", "", List.of());

  private final WordTokens tokenizer = new WordTokens();

  private StepPrompts.Prompt prompt(Steps steps, String template, Conversation conversation)
      throws PromptRefusal {
    PromptBounds bounds =
        new PromptBounds(
            1_000,
            "",
            Integer.MAX_VALUE,
            new PromptBounds.Memory() {
              @Override
              public int mostTokens() {
                return 1_000;
              }

              @Override
              public long budget() {
                return 1_000;
              }

              @Override
              public long bytes(int tokens) {
                return tokens;
              }
            });
    return new StepPrompts(steps, Chats.prompt(template), tokenizer, bounds).of(conversation);
  }

  /** What the prompt says up to each read-out. */
  private List<String> read(StepPrompts.Prompt prompt) {
    List<String> read = new ArrayList<>();
    for (int length : prompt.lengths()) {
      read.add(tokenizer.text(Arrays.copyOf(prompt.ids(), length)));
    }
    return read;
  }

  @Test
  void readsAtTheTokenBehindEachStep() throws PromptRefusal {
    assertThat(read(prompt(MARKED, Chats.LIKE_LLAMA, Chats.of("q", "a b\n\nc"))))
        .containsExactly(
            "<s><user>\n\nq<end><assistant>\n\na b<step>",
            "<s><user>\n\nq<end><assistant>\n\na b<step>c<step>");
    Steps keeping = new Steps("\n\n", "<step>", List.of("+", "-"));
    assertThat(read(prompt(keeping, Chats.LIKE_LLAMA, Chats.of("q", "a\n\nc\n\n"))))
        .last()
        .isEqualTo("<s><user>\n\nq<end><assistant>\n\na<step>\n\nc<step>");
  }

  @Test
  void readsWhereTheAnswerToAStepIsForetold() throws PromptRefusal {
    assertThat(read(prompt(ANSWERED, Chats.LIKE_LLAMA, Chats.withSystem("s", "q", "a +\n\n- c"))))
        .containsExactly(
            "<s><system>\n\ns<end><user>\n\nq a +<end><assistant>\n\n",
            "<s><system>\n\ns<end><user>\n\nq a +<end><assistant>\n\n+<end><user>\n\n- c<end>"
                + "<assistant>\n\n");
  }

  @Test
  void tokenizesPromptStepsAndSeparatorsEachByItself() throws PromptRefusal {
    String joined = "{% for m in messages %}{{ m.content }}{% endfor %}";
    StepPrompts.Prompt prompt = prompt(SEPARATED, joined, Chats.of("q", "a\n\n\nb"));
    assertThat(read(prompt)).containsExactly("qa\n\n", "qa\n\n\nb\n\n");
    assertThat(prompt.lengths())
        .as("three line ends are one token elsewhere")
        .containsExactly(3, 6);
    assertThat(prompt.borders()).containsExactly(1);
  }

  @Test
  void stepsOfARowAreNotCut() throws PromptRefusal {
    Conversation text = Chats.of("q", "a\n\nb\nc");
    Conversation listed = new Conversation(text.turns(), List.of(), List.of("a\n\nb", "c"));
    assertThat(prompt(MARKED, Chats.LIKE_LLAMA, listed).lengths()).hasSize(2);
    assertThat(read(prompt(MARKED, Chats.LIKE_LLAMA, listed)))
        .last()
        .asString()
        .endsWith("<step>c<step>");
  }

  @Test
  void refusesWhereStepsCannotBeTold() {
    String twice = "{% for m in messages %}{{ m.content }}{{ m.content }}{% endfor %}";
    assertThatThrownBy(() -> prompt(MARKED, twice, Chats.of("q", "a\n\nb")))
        .hasMessage(
            "expected the token of '<step>' behind each of 2 steps and nowhere else, found it 4"
                + " times");
    assertThatThrownBy(() -> prompt(ANSWERED, twice, Chats.of("q", "a\n\nb")))
        .hasMessage(
            "expected a turn of one token, '+' or '-', behind each of 2 steps, found prompts that"
                + " differ otherwise");
    Conversation alone = new Conversation(List.of(Turn.of(Role.ASSISTANT, "a")));
    assertThatThrownBy(() -> prompt(ANSWERED, Chats.LIKE_LLAMA, alone))
        .hasMessage("expected the user's turn before the answer, found none");
    assertThatThrownBy(() -> prompt(SEPARATED, "{{ messages[0].content }}", Chats.of("q", "a")))
        .hasMessage("expected the answer in the prompt, found a template that leaves it out");
    assertThatThrownBy(() -> prompt(SEPARATED, Chats.LIKE_LLAMA, Chats.of("q", "a b ".repeat(600))))
        .hasMessageStartingWith("expected at most 1000 tokens, found ");
  }

  @Test
  void findsTheTokenThatATextIsBehindAnyStep() {
    assertThat(StepTokens.find("<step>", tokenizer)).isPresent();
    assertThat(StepTokens.find(" x", tokenizer)).isPresent();
    assertThat(StepTokens.find("x", tokenizer)).as("it joins the step's last word").isEmpty();
    assertThat(StepTokens.find(" x y", tokenizer)).isEmpty();
  }
}
