package io.touchstone.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConversationDigestTest {

  private static Conversation said(String... contents) {
    List<Turn> turns = new ArrayList<>();
    for (String content : contents) {
      turns.add(Turn.of(turns.size() % 2 == 0 ? Role.USER : Role.ASSISTANT, content));
    }
    return new Conversation(turns);
  }

  private static ConversationDigest digest(Conversation... conversations) {
    return ConversationDigest.of(List.of(conversations));
  }

  private static Conversation of(Map<String, @Nullable Object> fields) {
    return new Conversation(List.of(new Turn(Role.USER, fields)));
  }

  @Test
  void equalTurnsHaveEqualDigests() {
    assertThat(digest(said("a", "b"))).isEqualTo(digest(said("a", "b")));
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("role", "user");
    one.put("content", "x");
    Map<String, @Nullable Object> other = new LinkedHashMap<>();
    other.put("content", "x");
    other.put("role", "user");
    assertThat(digest(of(one))).isEqualTo(digest(of(other)));
  }

  @Test
  void whereATextEndsIsPartOfIt() {
    assertThat(
            List.of(
                digest(said("a", "b")),
                digest(said("ab", "")),
                digest(said("", "ab")),
                digest(said("ab")),
                digest(said("a"), said("b")),
                digest(said("b"), said("a")),
                digest(said("a", "b", "")),
                digest(said("a", "B"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void aTextIsNoNumberAndNull() {
    Map<String, @Nullable Object> text = new LinkedHashMap<>(Map.of("content", "1"));
    Map<String, @Nullable Object> number = new LinkedHashMap<>(Map.of("content", 1L));
    Map<String, @Nullable Object> word = new LinkedHashMap<>(Map.of("content", "null"));
    Map<String, @Nullable Object> none = new LinkedHashMap<>();
    none.put("content", null);
    Map<String, @Nullable Object> list = new LinkedHashMap<>(Map.of("content", List.of("1")));
    assertThat(
            List.of(
                digest(of(text)),
                digest(of(number)),
                digest(of(word)),
                digest(of(none)),
                digest(of(list))))
        .doesNotHaveDuplicates();
  }

  @Test
  void theToolsAndTheSystemsTurnArePartOfIt() {
    List<Turn> turns = said("a", "b").turns();
    List<Turn> opened = new ArrayList<>(turns);
    opened.add(0, Turn.of(Role.SYSTEM, "s"));
    assertThat(
            List.of(
                digest(new Conversation(turns)),
                digest(new Conversation(opened)),
                digest(new Conversation(turns, List.of(Map.of("name", "f")))),
                digest(new Conversation(turns, List.of(Map.of("name", "g")))),
                digest(new Conversation(turns, List.of(Map.of("name", "f"), Map.of("name", "g"))))))
        .doesNotHaveDuplicates();
    assertThat(digest(new Conversation(turns, List.of())))
        .isEqualTo(digest(new Conversation(turns)));
  }
}
