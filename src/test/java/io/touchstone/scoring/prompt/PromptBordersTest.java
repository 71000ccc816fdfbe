package io.touchstone.scoring.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.scoring.Chats;
import io.touchstone.scoring.WordTokens;
import io.touchstone.template.PromptFormat;
import io.touchstone.template.SteerLmPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PromptBordersTest {

  private static final String LIKE_LLAMA_TURNS =
      "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}";

  @Test
  void standInFrontOfTheFirstContentAndOfTheLast() {
    assertThat(heads(Chats.LIKE_LLAMA, Chats.of("one two", "three", "four", "five")))
        .containsExactly(
            "<s><user>\n\n",
            "<s><user>\n\none two<end><assistant>\n\nthree<end><user>\n\nfour<end><assistant>\n\n");
  }

  @Test
  void leaveTheSystemsTextInTheHead() {
    assertThat(heads(Chats.LIKE_LLAMA, Chats.withSystem("be kind", "one", "two")))
        .containsExactly(
            "<s><system>\n\nbe kind<end><user>\n\n",
            "<s><system>\n\nbe kind<end><user>\n\none<end><assistant>\n\n");
  }

  @Test
  void areOneWhereTheOnlyTurnIsScored() {
    assertThat(
            heads(Chats.LIKE_LLAMA, new Conversation(List.of(Turn.of(Role.ASSISTANT, "one two")))))
        .containsExactly("<s><assistant>\n\n");
  }

  @Test
  void standBehindWhatTheTemplateWritesIntoTheLastTurn() {
    assertThat(heads(Chats.THINKS_LAST, Chats.of("one", "two")).get(1))
        .isEqualTo("<user>\none<end>\n<assistant>\n<think>\n\n</think>\n\n");
  }

  @Test
  void areTheSameWhereTheTemplateTrims() {
    assertThat(heads(Chats.TRIMS, Chats.of(" \n one", "\n two "))).hasSize(2);
    assertThat(heads(Chats.TRIMS, Chats.of(" \n one", "\n two ")))
        .isEqualTo(heads(Chats.TRIMS, Chats.of("one", "another")));
  }

  @Test
  void standInFrontOfATokenThatReachesAcross() {
    assertThat(heads(Chats.LIKE_LLAMA, Chats.of("one", "\n\ntwo")))
        .containsExactly("<s><user>\n\n", "<s><user>\n\none<end><assistant>");
    assertThat(heads(Chats.MERGES, Chats.of("\none", "two")))
        .containsExactly("user:", "user:\n\none\nassistant:\n");
  }

  @Test
  void areLeftOutWhereTheTemplateRefuses() {
    assertThat(heads(Chats.RAISES, Chats.of("one", "two is fine"))).isEmpty();
  }

  @Test
  void areLeftOutWhereTheTemplateShowsNoContent() {
    assertThat(
            heads(
                "{% for m in messages %}{{ m.content | length }}{% endfor %}",
                Chats.of("a b", "c d")))
        .isEmpty();
    assertThat(heads("<s>", Chats.of("one", "two"))).isEmpty();
  }

  @Test
  void areFoundBesideContentsThatLookLikeStandIns() {
    assertThat(heads(Chats.LIKE_LLAMA, Chats.of("\uE000\uE001", "\uE002")))
        .containsExactly("<s><user>\n\n", "<s><user>\n\n\uE000\uE001<end><assistant>\n\n");
    StringBuilder all = new StringBuilder();
    for (char c = '\uE000'; c < '\uF8FF'; c++) {
      all.append(c);
    }
    assertThat(heads(Chats.LIKE_LLAMA, Chats.of(all.toString(), "one"))).isEmpty();
  }

  @Test
  void areFoundInContentsOfParts() {
    Turn parts =
        new Turn(
            Role.USER,
            Map.of("role", "user", "content", List.of(Map.of("type", "text", "text", "one"))));
    String template =
        "<s>{% for m in messages %}<{{ m.role }}>{% if m.content is string %}{{ m.content }}"
            + "{% else %}<parts>{% for p in m.content %}{{ p.text }}{% endfor %}{% endif %}"
            + "{% endfor %}";
    Conversation conversation = new Conversation(List.of(parts, Turn.of(Role.ASSISTANT, "two")));
    assertThat(heads(template, conversation))
        .containsExactly("<s><user><parts>", "<s><user><parts>one<assistant>");
  }

  @Test
  void standBehindTheToolsThatTheTemplatePrints() {
    String template =
        "<s>{% for t in tools or [] %}<tool>{{ t.name }}{% endfor %}" + LIKE_LLAMA_TURNS;
    Conversation conversation =
        new Conversation(
            Chats.of("one two", "three").turns(),
            List.of(Map.of("name", "look"), Map.of("name", "up")));
    assertThat(heads(template, conversation))
        .containsExactly(
            "<s><tool>look<tool>up<user>", "<s><tool>look<tool>up<user>one two<assistant>");
  }

  @Test
  void areFoundInTheSteerLmPrompt() {
    List<String> heads = heads(new SteerLmPrompt(), Chats.withSystem("unheard", "one", "two"));
    assertThat(heads).hasSize(2);
    assertThat(heads.get(0)).startsWith("<extra_id_0>System\n").endsWith("<extra_id_1>User\n");
    assertThat(heads.get(1)).endsWith("<extra_id_1>User\none\n<extra_id_1>Assistant\n");
  }

  private static List<String> heads(String template, Conversation conversation) {
    return heads(Chats.prompt(template), conversation);
  }

  /** The texts in front of the borders. */
  private static List<String> heads(PromptFormat format, Conversation conversation) {
    WordTokens tokenizer = new WordTokens();
    String text = format.render(conversation);
    int[] ids = tokenizer.encode(text);
    assertThat(tokenizer.text(ids)).isEqualTo(text);
    return new PromptBorders(format, tokenizer)
        .of(conversation, text, ids).stream()
            .map(border -> tokenizer.text(Arrays.copyOf(ids, border)))
            .toList();
  }
}
