package io.touchstone.scoring;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.TemplateLimits;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Templates of several kinds, and conversations for them. */
public final class Chats {

  public static final String LIKE_LLAMA =
      "<s>{% for m in messages %}<{{ m.role }}>\n\n{{ m.content }}<end>{% endfor %}";

  public static final String TRIMS =
      "<s>{% for m in messages %}<{{ m.role }}>\n\n{{ m.content | trim }}<end>{% endfor %}";

  /** As Qwen3 does: the last assistant turn alone gets an empty think block. */
  public static final String THINKS_LAST =
      "{% for m in messages %}<{{ m.role }}>\n{% if loop.last %}<think>\n\n</think>\n\n{% endif %}"
          + "{{ m.content }}<end>\n{% endfor %}";

  /** Refuses a conversation that does not end with the word "fine". */
  public static final String RAISES =
      "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}"
          + "{% if not messages[-1].content.endswith('fine') %}"
          + "{{ raise_exception('not fine') }}{% endif %}";

  /** Role and content run into one another: "user: a" has other tokens than "user:". */
  public static final String MERGES =
      "{% for m in messages %}{{ m.role }}:\n{{ m.content }}\n{% endfor %}";

  private Chats() {}

  public static ChatPrompt prompt(String template) {
    return new ChatPrompt(
        ChatTemplate.compile(
            template, TemplateLimits.defaults(), LocalDateTime.of(2024, 7, 26, 0, 0)),
        Optional.empty(),
        Map.of());
  }

  /** User and assistant in turn. */
  public static Conversation of(String... contents) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < contents.length; i++) {
      turns.add(Turn.of(i % 2 == 0 ? Role.USER : Role.ASSISTANT, contents[i]));
    }
    return new Conversation(turns);
  }

  public static Conversation withSystem(String system, String... contents) {
    List<Turn> turns = new ArrayList<>(List.of(Turn.of(Role.SYSTEM, system)));
    turns.addAll(of(contents).turns());
    return new Conversation(turns);
  }
}
