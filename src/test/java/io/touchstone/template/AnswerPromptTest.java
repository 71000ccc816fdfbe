package io.touchstone.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.scoring.Chats;
import org.junit.jupiter.api.Test;

final class AnswerPromptTest {
  private static final String TURNS =
      "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}";

  private static AnswerPrompt of(String ending) {
    return new AnswerPrompt(Chats.prompt(TURNS + ending));
  }

  @Test
  void endsWhereAnAnswerWithoutAThoughtBegins() {
    AnswerPrompt prompt =
        of(
            "{% if add_generation_prompt %}<assistant>{% if enable_thinking is false %}"
                + "<think></think>{% else %}<think>{% endif %}{% endif %}");
    assertThat(prompt.render(Chats.of("a", "b")))
        .isEqualTo("<user>a<assistant>b<assistant><think></think>");
    assertThat(prompt.ending()).isEqualTo(AnswerPrompt.Ending.ANSWER);
  }

  @Test
  void tellsWhatTheTemplateMakesOfIt() {
    assertThat(of("").ending()).isEqualTo(AnswerPrompt.Ending.NONE);
    assertThat(of("{% if add_generation_prompt %}<assistant><think>{% endif %}").ending())
        .isEqualTo(AnswerPrompt.Ending.THOUGHT);
    assertThat(of("{{ raise_exception('no') }}").ending()).isEqualTo(AnswerPrompt.Ending.ANSWER);
  }
}
