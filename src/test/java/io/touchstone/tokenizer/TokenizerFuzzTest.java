package io.touchstone.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.touchstone.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts that the native tokenizer must bear: an error would take the process. */
final class TokenizerFuzzTest {

  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final int MOST_CHARS = 20_000;
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  /** One of each kind. */
  private static List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    files.add(Files.readAllBytes(Path.of("data-samples/demo-reward/tokenizer.json")));
    try (Stream<Path> folders = Files.list(REFERENCES)) {
      for (Path folder : folders.sorted().toList()) {
        Path file = folder.resolve("tokenizer.json");
        if (Files.exists(file) && files.stream().noneMatch(known -> isSame(known, file))) {
          files.add(Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static boolean isSame(byte[] known, Path file) {
    try {
      return Arrays.equals(known, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anyTextHasTheIdsThatTheLibraryGivesItsWellFormedPart() throws IOException {
    List<HuggingFaceTokens> ours = new ArrayList<>();
    List<HuggingFaceTokenizer> theirs = new ArrayList<>();
    for (byte[] file : files()) {
      ours.add(HuggingFaceTokens.of(file));
      theirs.add(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(file), OPTIONS));
    }
    Fuzz.run(
        "texts to tokenize",
        random -> {
          String text = HostileText.of(random, MOST_CHARS);
          // What Java itself makes of it, each lone surrogate replaced.
          String valid =
              new String(text.replace("?", "\uFFFC").getBytes(UTF_8), UTF_8)
                  .replace('?', '\uFFFD')
                  .replace('\uFFFC', '?');
          int which = random.nextInt(ours.size());
          int[] ids = ours.get(which).encode(text);
          assertThat(ids).containsExactly(ours.get(which).encode(text));
          if (text.indexOf('\uFFFC') < 0) {
            assertThat(Arrays.stream(ids).asLongStream().toArray())
                .containsExactly(theirs.get(which).encode(valid).getIds());
          }
          assertThat(Arrays.stream(ids).filter(id -> id < 0)).isEmpty();
          assertThat(ids.length).isLessThanOrEqualTo(18 * text.getBytes(UTF_16LE).length);
        });
    ours.forEach(HuggingFaceTokens::close);
    theirs.forEach(HuggingFaceTokenizer::close);
  }
}
