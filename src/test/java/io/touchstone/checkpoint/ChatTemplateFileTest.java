package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChatTemplateFileTest {
  @TempDir private Path folder;

  @Test
  void isReadWithItsLineEndsAsPythonReadsThem() throws IOException {
    Path file = Files.writeString(folder.resolve("t.jinja"), "a\r\nb\r");
    assertThat(ChatTemplateFile.read(file.toString()).source()).isEqualTo("a\nb\n");
  }

  @Test
  void isItsOwnTextWhereThatHasATemplatesBraces() throws IOException {
    assertThat(ChatTemplateFile.of("{{ bos_token }}").source()).isEqualTo("{{ bos_token }}");
    assertThat(ChatTemplateFile.of("{% if x %}a{% endif %}").source())
        .isEqualTo("{% if x %}a{% endif %}");
    Path file = Files.writeString(folder.resolve("{t}.jinja"), "a");
    assertThat(ChatTemplateFile.of(file.toString()).source()).isEqualTo("a");
  }

  @Test
  void refusesWhatIsNoTemplate() throws IOException {
    String none = folder.resolve("none").toString();
    assertThatThrownBy(() -> ChatTemplateFile.read(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a file that can be read, found " + none + " (NoSuchFileException)");
    Path latin = Files.write(folder.resolve("latin"), "ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ChatTemplateFile.read(latin.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a file in UTF-8, found " + latin);
    Path large = Files.writeString(folder.resolve("large"), "x".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> ChatTemplateFile.read(large.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a file of at most 1048576 bytes, found " + large);
  }
}
