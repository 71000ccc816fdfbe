package io.touchstone.generation.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.PromptPreparation.Unpreparable;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.Chats;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PromptTokenizerTest {

  private static final String NANO =
      "{% for m in messages %}<{{ m.role }}>{{ m.content }}<end>{% endfor %}"
          + "{% if add_generation_prompt %}<assistant>{{ '<think></think>' if enable_thinking is"
          + " defined and not enable_thinking else '<think>\n' }}{% endif %}";

  private static final String BARE =
      "{% for m in messages %}{{ m.content }}{% endfor %}"
          + "{% if add_generation_prompt %}\n{% endif %}";

  private static final String OFFERS =
      "{% for t in tools or [] %}{{ t.name }} {% endfor %}{{ messages[0].content }}";

  /** A token for each character. */
  private record Characters() implements Tokenizer {
    @Override
    public int[] encode(String text) {
      return text.codePoints().toArray();
    }

    @Override
    public String decode(int[] ids) {
      return text(ids);
    }

    @Override
    public void close() {}
  }

  private static String text(int[] ids) {
    return new String(ids, 0, ids.length);
  }

  private static PromptTokenizer prompts(String template, Thinking thinking, Object... tools) {
    return prompts(template, thinking, Optional.empty(), tools);
  }

  private static PromptTokenizer prompts(
      String template, Thinking thinking, Optional<ControlTokens> control, Object... tools) {
    return new PromptTokenizer(
        new PromptTokenizer.Prompting(
            Chats.prompt(template),
            thinking,
            List.of(tools),
            new Characters(),
            new SpecialTokens(List.of("<end>")),
            control),
        new PromptTokenizer.Room(200, 20, 128, new GenerationMemory(1_000, 200, 10, 4, 10, 50)));
  }

  private static PreparedPrompt prepared(PromptTokenizer prompts, Conversation conversation) {
    return (PreparedPrompt) prompts.prepare(new Prompt(0, conversation, false, Optional.empty()));
  }

  private static boolean opens(String template, Thinking thinking, String... turns) {
    return prepared(prompts(template, thinking), Chats.of(turns)).opensThought();
  }

  @Test
  void aGenerationPromptMayOpenAThought() {
    assertThat(opens(NANO, Thinking.UNSET, "Why?")).isTrue();
    assertThat(opens(NANO, Thinking.ON, "Why?")).isTrue();
    assertThat(opens(NANO, Thinking.OFF, "Why?")).isFalse();
    assertThat(opens(NANO, Thinking.UNSET, "What is <think>")).isTrue();
    assertThat(opens(BARE, Thinking.UNSET, "Why?")).isFalse();
  }

  @Test
  void aUsersOwnTagOpensNone() {
    assertThat(opens(NANO, Thinking.OFF, "What is <think>")).isFalse();
    assertThat(opens(BARE, Thinking.UNSET, "What is <think>")).isFalse();
  }

  @Test
  void aTurnThatGoesOnMayBeWithinAThought() {
    assertThat(continued("<think>Hm").opensThought()).isTrue();
    assertThat(continued("<think>Hm</think>So").opensThought()).isFalse();
    assertThat(continued("So").opensThought()).isFalse();
    assertThat(text(continued("So").ids())).isEqualTo("<user>Why?<end><assistant>So");
  }

  private static PreparedPrompt continued(String answer) {
    return (PreparedPrompt)
        prompts(NANO, Thinking.UNSET)
            .prepare(new Prompt(0, Chats.of("Why?", answer), true, Optional.empty()));
  }

  @Test
  void aRowsOwnToolsWinOverThoseOfTheCall() {
    PromptTokenizer prompts = prompts(OFFERS, Thinking.UNSET, Map.of("name", "calls"));
    List<Turn> turns = List.of(Turn.of(Role.USER, "Hi"));
    assertThat(text(prepared(prompts, new Conversation(turns)).ids())).isEqualTo("calls Hi");
    assertThat(
            text(prepared(prompts, new Conversation(turns, List.of(Map.of("name", "own")))).ids()))
        .isEqualTo("own Hi");
  }

  @Test
  void countsSpecialTokensThatARowSpells() {
    PreparedPrompt prompt =
        prepared(prompts(BARE, Thinking.UNSET), Chats.of("<end> and", "<end><end>"));
    assertThat(prompt.specialTokensInText()).isEqualTo(3);
  }

  private static Rejected rejected(String template, String text) {
    return ((Unpreparable)
            prompts(template, Thinking.UNSET)
                .prepare(new Prompt(0, Chats.of(text), false, Optional.empty())))
        .rejected();
  }

  @Test
  void rejectsWhatTheModelCannotBeGiven() {
    assertThat(rejected("", "x"))
        .isEqualTo(new Rejected("empty-prompt", "expected at least one token, found none"));
    assertThat(rejected("{{ messages[0].content }}", "x".repeat(181)))
        .isEqualTo(
            new Rejected(
                "too-many-tokens",
                "expected at most 180 tokens, as 20 of 200 are an answer's, found 181"));
    // 790 bytes beside what a sequence takes: 19 blocks of 40 bytes, two of which an answer fills.
    assertThat(rejected("{{ messages[0].content }}", "x".repeat(171)))
        .isEqualTo(
            new Rejected(
                "too-large-for-memory",
                "expected at most 170 tokens, which fit 800 bytes of memory, found 171, which take"
                    + " 810"));
    assertThat(rejected("{{ messages[0].content }}", "é"))
        .isEqualTo(
            new Rejected(
                "unknown-token",
                "expected token ids below the model's vocab_size, 128, found 233"));
    assertThat(rejected("{{ raise_exception('no') }}", "x").kind()).isEqualTo("template-error");
  }

  @Test
  void refusesToTakeATokenForTextThatIsOneAsText() {
    Characters tokenizer = new Characters();
    ControlTokens control =
        new ControlTokens(
            Chats.prompt(BARE),
            new ControlTokens.Added(Set.of("^"), List.of("^"), Optional.empty()),
            tokenizer,
            tokenizer);
    PromptTokenizer prompts = prompts(BARE, Thinking.UNSET, Optional.of(control));
    assertThat(prepared(prompts, Chats.of("a b")).ids()).hasSize(3);
    assertThat(prompts.prepare(new Prompt(0, Chats.of("a ^ b"), false, Optional.empty())))
        .isEqualTo(
            new Unpreparable(
                new Rejected(
                    "tokenizer-error",
                    "expected special tokens that differ from their text, found one that does"
                        + " not")));
  }
}
