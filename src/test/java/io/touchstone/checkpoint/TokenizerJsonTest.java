package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenizerJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OWN =
      "{\"version\": \"1.0\", \"normalizer\": {\"type\": \"Lowercase\"}, \"pre_tokenizer\": null,"
          + " \"model\": {\"type\": \"BPE\", \"vocab\": {\"\u00e9\\n\": 0}, \"merges\": []}}";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("tokenizer.json");
    Files.writeString(file, OWN);
  }

  @Test
  void isTheFileWhereTransformersReadsTheFile() throws IOException {
    for (Family family : new Family[] {Family.LLAMA, Family.MISTRAL, Family.QWEN3}) {
      byte[] json = TokenizerJson.read(file, family, Optional.of("PreTrainedTokenizerFast"));
      assertThat(json).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void takesQwensNormalizerAndPreTokenizerWhereTransformersDoes() throws IOException {
    assertQwens(TokenizerJson.read(file, Family.QWEN2, Optional.of("PreTrainedTokenizerFast")));
    assertQwens(TokenizerJson.read(file, Family.QWEN2, Optional.empty()));
    assertQwens(TokenizerJson.read(file, Family.QWEN3, Optional.of("Qwen2TokenizerFast")));
    assertQwens(TokenizerJson.read(file, Family.QWEN3, Optional.empty()));
  }

  private static void assertQwens(byte[] bytes) throws IOException {
    JsonNode own = JSON.readTree(OWN);
    JsonNode json = JSON.readTree(bytes);
    assertThat(json.get("normalizer").get("type").asText()).isEqualTo("NFC");
    assertThat(json.at("/pre_tokenizer/pretokenizers/0/pattern/Regex").asText())
        .isEqualTo(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
                + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");
    assertThat(json.get("model")).isEqualTo(own.get("model"));
    assertThat(json.get("version")).isEqualTo(own.get("version"));
  }
}
