package io.touchstone.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeyTest {
  private static final String KEY = "sk-live-0123456789";

  @TempDir Path folder;

  @Test
  void readsAVariable() {
    ApiKey key = ApiKey.Variable.of("--endpoint-key-variable", "NIM_KEY");
    assertThat(key.read(Map.of("NIM_KEY", KEY + "\n"))).contains(KEY);
    assertThat(key).hasToString("Variable[name=NIM_KEY]");
    assertThatThrownBy(() -> key.read(Map.of()))
        .isInstanceOf(Refused.class)
        .hasMessage(
            "NIM_KEY: expected the server's key in this variable of the environment, found none");
  }

  @Test
  void takesNoKeyForAName() {
    assertThatThrownBy(() -> ApiKey.Variable.of("--endpoint-key-variable", KEY))
        .isInstanceOf(Refused.class)
        .hasMessage(
            "--endpoint-key-variable: expected the name of a variable of the environment, such as"
                + " OPENAI_API_KEY, found something else, which is not repeated: it may be the key"
                + " itself");
  }

  @Test
  void readsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    assertThat(new ApiKey.KeyFile(file.toString()).read(Map.of())).contains(KEY);
    assertThatThrownBy(() -> new ApiKey.KeyFile(folder + "/none").read(Map.of()))
        .hasMessage(
            "["
                + folder
                + "/none] expected a file with the server's key, found none that can be"
                + " read: NoSuchFileException");
  }

  @Test
  void repeatsNothingOfAFileThatIsNoKey() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\nHost: elsewhere\n");
    assertThatThrownBy(() -> new ApiKey.KeyFile(file.toString()).read(Map.of()))
        .hasMessage(
            "["
                + file
                + "] expected a file with the server's key, found something else: a key is"
                + " one line of at most 8192 printable ASCII characters, without spaces");
    Path endless = Files.writeString(folder.resolve("endless"), "k".repeat(100_000));
    assertThatThrownBy(() -> new ApiKey.KeyFile(endless.toString()).read(Map.of()))
        .hasMessageContaining("something else: a key is one line");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> new ApiKey.KeyFile(empty.toString()).read(Map.of()))
        .hasMessage("[" + empty + "] expected a file with the server's key, found none");
  }
}
