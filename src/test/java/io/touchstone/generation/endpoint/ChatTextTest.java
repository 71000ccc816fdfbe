package io.touchstone.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.generation.Finish;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ChatTextTest {

  private static ChatText text(String message, Finish finish, boolean thinks) throws IOException {
    return ChatText.of(new ObjectMapper().readTree(message), finish, thinks);
  }

  private static ChatText content(String content, Finish finish, boolean thinks)
      throws IOException {
    return text("{\"content\":" + FakeServer.quoted(content) + "}", finish, thinks);
  }

  @Test
  void takesThoughtsThatTheServerHasPartedUnderEitherName() throws IOException {
    assertThat(text("{\"content\":\"4\",\"reasoning_content\":\"2+2\"}", Finish.EOS, true))
        .isEqualTo(new ChatText("4", "2+2"));
    assertThat(
            text(
                "{\"content\":\"4\",\"reasoning\":\"2+2\",\"reasoning_content\":null}",
                Finish.EOS,
                true))
        .isEqualTo(new ChatText("4", "2+2"));
  }

  @Test
  void hasNoAnswerWhereTheThoughtDidNotEnd() throws IOException {
    assertThat(text("{\"content\":null,\"reasoning_content\":\"2+\"}", Finish.LENGTH, true))
        .isEqualTo(new ChatText(null, "2+"));
    assertThat(text("{\"content\":\"\",\"reasoning_content\":\"2+\"}", Finish.LENGTH, true))
        .isEqualTo(new ChatText(null, "2+"));
    assertThat(content("<think>\n2+", Finish.LENGTH, false)).isEqualTo(new ChatText(null, "2+"));
    assertThat(content("2+", Finish.LENGTH, true)).isEqualTo(new ChatText(null, "2+"));
    assertThat(content("", Finish.LENGTH, false)).isEqualTo(new ChatText(null, null));
  }

  @Test
  void partsAtTheTagWhereTheServerDoesNot() throws IOException {
    assertThat(content("<think>\n2+2\n</think>\n\n4", Finish.EOS, false))
        .isEqualTo(new ChatText("4", "2+2"));
    assertThat(content("2+2\n</think>\n\n4", Finish.EOS, false))
        .as("opened by the template")
        .isEqualTo(new ChatText("4", "2+2"));
  }

  @Test
  void leavesOtherTextAsItIs() throws IOException {
    assertThat(content(" 4 \n", Finish.EOS, true)).isEqualTo(new ChatText(" 4 \n", null));
    assertThat(content("4", Finish.LENGTH, false)).isEqualTo(new ChatText("4", null));
    assertThat(content("", Finish.EOS, false)).isEqualTo(new ChatText("", null));
    assertThat(text("{\"content\":null}", Finish.EOS, false)).isEqualTo(new ChatText("", null));
  }

  @Test
  void writesReplacementsForHalvesOfCharacters() throws IOException {
    assertThat(text("{\"content\":\"a\\ud800b \\ud83d\\ude00\"}", Finish.EOS, false))
        .isEqualTo(new ChatText("a\ufffdb \ud83d\ude00", null));
  }
}
