package io.touchstone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.Text;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NotesTextTest {

  private static NotesText notes(Map<String, Long> counts) {
    return new NotesText(new TreeMap<>(counts));
  }

  @Test
  void saysHowTextsWereUnderstoodALineForEachKind() {
    Text text = new Text();
    notes(Map.of("tools", 2L, "system-column", 1_204L, "unread-answer output", 1L)).tell(text);
    assertThat(text.toString())
        .isEqualTo(
            """
              read      1,204 with a system column, read as the system's turn
                        2 with tools, handed to the chat template
            """);
  }

  @Test
  void warnsOfWhatMayBeAWrongTextOnceWithCountsAndNames() {
    NotesText notes =
        notes(
            Map.of(
                "unread-answer response", 3L,
                "unread-answer generations", 1_000L,
                "unread-prompt history", 2L,
                "rendered-prompt", 5L,
                "transcript", 7L));
    assertThat(notes.warnings())
        .containsExactly(
            "fields that look like answers were not read: generations (1,000), response (3) rows."
                + " --format and --map say which fields are meant.",
            "fields that may belong to the prompt were not read: history (2) rows. --format and"
                + " --map say which fields are meant.",
            "5 prompts begin with the marks of a chat template, and were put into the model's own"
                + " once more.");
    assertThat(notes(Map.of("transcript", 7L)).warnings()).isEmpty();
  }
}
