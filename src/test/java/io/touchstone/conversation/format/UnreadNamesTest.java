package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.FormatTable.HELPSTEER2;
import static io.touchstone.conversation.format.FormatTable.MESSAGES;
import static io.touchstone.conversation.format.Lines.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.RowNote;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnreadNamesTest {

  private static List<String> notes(String field) {
    return row(HELPSTEER2, "{" + field + ",\"prompt\":\"a\",\"response\":\"b\"}").notes().stream()
        .map(RowNote::name)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generation",
        "generations",
        "answer",
        "output",
        "output_1",
        "completion_a",
        "rejected_response",
        "response_2",
        "response_j",
        "model_output",
        "reference_answer",
        "chosen",
        "generated_text",
        "human_ref_A"
      })
  void lookLikeAnAnswer(String name) {
    assertThat(notes("\"" + name + "\":\"x\"")).containsExactly("unread-answer " + name);
    assertThat(notes("\"" + name + "\":[\"x\"]")).containsExactly("unread-answer " + name);
    assertThat(notes("\"" + name + "\":{}")).containsExactly("unread-answer " + name);
    assertThat(notes("\"" + name + "\":null")).isEmpty();
    assertThat(notes("\"" + name + "\":3")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"id", "source", "response_time", "answer_index", "chosen_model", "output_tokens"})
  void doNot(String name) {
    assertThat(notes("\"" + name + "\":\"x\"")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "context", "instruction", "input", "question", "query"})
  void mayBelongToThePrompt(String name) {
    assertThat(notes("\"" + name + "\":\"x\"")).containsExactly("unread-prompt " + name);
    assertThat(notes("\"" + name + "\":[]")).containsExactly("unread-prompt " + name);
    assertThat(notes("\"" + name + "\":\"\"")).isEmpty();
    assertThat(notes("\"" + name + "\":null")).isEmpty();
  }

  @Test
  void doNotBelongToAWholeChat() {
    assertThat(
            row(
                    MESSAGES,
                    "{\"instruction\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                        + "{\"role\":\"assistant\",\"content\":\"b\"}]}")
                .notes())
        .isEmpty();
  }
}
