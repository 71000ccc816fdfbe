package io.touchstone.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.scoring.Principle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrinciplesTest {
  @TempDir private Path folder;

  @Test
  void aLineIsATextOrANameAndAText() {
    assertThat(
            Principles.of(
                " correctness \n\nclear=It is clear.\n=x=1 is said\nIt says: a=b\nñ_1.-=t=u"))
        .containsExactly(
            new Principle("correctness", "correctness"),
            new Principle("clear", "It is clear."),
            new Principle("x=1 is said", "x=1 is said"),
            new Principle("It says: a=b", "It says: a=b"),
            new Principle("ñ_1.-", "t=u"));
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> Principles.of(" \n")).hasMessage("expected a principle, found ' \n'");
    assertThatThrownBy(() -> Principles.of("a="))
        .hasMessage("expected a principle, or NAME=PRINCIPLE, found 'a='");
    assertThatThrownBy(() -> Principles.of("a\tb"))
        .hasMessage("expected a principle without control characters, found 'a?b'");
    assertThatThrownBy(() -> Principles.of("a\n".repeat(1_001)))
        .hasMessage("expected at most 1000 principles, found '1001'");
  }

  @Test
  void readsAFileInUtf8() throws IOException {
    Path file =
        Files.writeString(folder.resolve("p"), "\uFEFFcorrectness\r\nschön=Es ist schön.\n");
    assertThat(Principles.in(file.toString()))
        .containsExactly(
            new Principle("correctness", "correctness"), new Principle("schön", "Es ist schön."));
    assertThatThrownBy(() -> Principles.in(folder.resolve("none").toString()))
        .hasMessage(
            "expected a file that can be read, found '"
                + folder.resolve("none")
                + " (NoSuchFileException)'");
    Files.write(file, new byte[] {'a', (byte) 0xe4});
    assertThatThrownBy(() -> Principles.in(file.toString()))
        .hasMessage("expected a file in UTF-8, found '" + file + "'");
  }
}
