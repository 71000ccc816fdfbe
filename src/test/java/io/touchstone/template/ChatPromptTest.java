package io.touchstone.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.template.jinja.TemplateLimits;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChatPromptTest {
  private static final Conversation QUESTION =
      new Conversation(List.of(Turn.of(Role.USER, "Why?"), Turn.of(Role.ASSISTANT, "Because.")));

  private static String render(String source, Conversation conversation) {
    Map<String, String> tokens = Map.of("bos_token", "<s>", "eos_token", "</s>");
    ChatTemplate template =
        ChatTemplate.compile(
            source, TemplateLimits.defaults(), LocalDateTime.of(2026, 1, 5, 13, 7, 9));
    return new ChatPrompt(template, Optional.empty(), tokens).render(conversation);
  }

  @Test
  void handsOverMessagesAndSpecialTokensWithoutAGenerationPrompt() {
    String source =
        "{{ bos_token }}{% for m in messages %}{{ m.role }}={{ m.content }}{{ eos_token }}"
            + "{% endfor %}{{ add_generation_prompt }}{{ pad_token is defined }}";
    assertThat(render(source, QUESTION))
        .isEqualTo("<s>user=Why?</s>assistant=Because.</s>FalseFalse");
  }

  @Test
  void hasNoToolsAndNoDocuments() {
    assertThat(render("{{ tools }}{{ documents }}", QUESTION)).isEqualTo("NoneNone");
  }

  @Test
  void handsOverToolsAsTheyAre() {
    Map<String, Object> tool = new LinkedHashMap<>();
    tool.put("name", "f");
    tool.put("parameters", null);
    assertThat(
            render(
                "{% if tools is not none %}{{ tools|tojson }}{% endif %}",
                new Conversation(QUESTION.turns(), List.of(tool))))
        .isEqualTo("[{\"name\": \"f\", \"parameters\": null}]");
    assertThat(render("{{ tools is none }}", new Conversation(QUESTION.turns(), List.of())))
        .as("an empty list is none")
        .isEqualTo("True");
  }

  @Test
  void takesTheTemplateForToolsWhereThereAreTools() {
    ChatPrompt prompt =
        new ChatPrompt(
            compiled("plain"), Optional.of(compiled("tools {{ tools[0].name }}")), Map.of());
    Conversation offered = new Conversation(QUESTION.turns(), List.of(Map.of("name", "look_up")));

    assertThat(prompt.render(QUESTION)).isEqualTo("plain");
    assertThat(prompt.render(offered)).isEqualTo("tools look_up");
  }

  private static ChatTemplate compiled(String source) {
    return ChatTemplate.compile(
        source, TemplateLimits.defaults(), LocalDateTime.of(2026, 1, 5, 13, 7, 9));
  }

  @Test
  void leavesOutFieldsThatAreNullAndKeepsTheOthersInTheirOrder() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", "assistant");
    fields.put("content", List.of(Map.of("text", "Hm")));
    fields.put("tool_calls", null);
    fields.put("weight", 2.5);
    Conversation conversation = new Conversation(List.of(new Turn(Role.ASSISTANT, fields)));
    assertThat(render("{{ messages[0]|tojson }}", conversation))
        .isEqualTo("{\"role\": \"assistant\", \"content\": [{\"text\": \"Hm\"}], \"weight\": 2.5}");
  }

  @Test
  void knowsReasoningUnderItsNewerAndOlderNames() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", "assistant");
    fields.put("content", "56");
    fields.put("reasoning", "7 x 8");
    Conversation conversation = new Conversation(List.of(new Turn(Role.ASSISTANT, fields)));
    assertThat(
            render("{{ messages[0].thinking }}|{{ messages[0].reasoning_content }}", conversation))
        .isEqualTo("7 x 8|7 x 8");
  }

  @Test
  void saysWhereATemplateRaised() {
    assertThatThrownBy(() -> render("{{ raise_exception('No assistants') }}", QUESTION))
        .isInstanceOf(TemplateException.class)
        .hasMessage("chat template, line 1: the template raised: No assistants");
  }
}
