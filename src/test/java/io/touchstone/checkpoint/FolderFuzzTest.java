package io.touchstone.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.Fuzz;
import io.touchstone.checkpoint.safetensors.HeaderEntry;
import io.touchstone.checkpoint.safetensors.HeaderParser;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers and tokenizer files that were damaged in ways that keep much of their shape. */
final class FolderFuzzTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NUMBERS =
      List.of("-1", "0", "1", "2", "9007199254740993", "9223372036854775807", "1e2", "0.5", "null");
  private static final List<String> DTYPES = List.of("BF16", "F32", "F16", "F64", "BOOL", "X", "");

  @TempDir Path folder;

  @Test
  void aHeaderThatIsTakenSaysWhatAJsonReaderReadsInIt() {
    Fuzz.run(
        "safetensors headers",
        random -> {
          String header = header(random);
          byte[] bytes =
              random.nextBoolean()
                  ? header.getBytes(UTF_8)
                  : Fuzz.mutated(header.getBytes(UTF_8), random);
          List<String> problems = new ArrayList<>();
          List<HeaderEntry> entries =
              HeaderParser.parse(bytes, Problem.in("x.safetensors"), problems);
          assertShort(problems);
          if (!problems.isEmpty()) {
            return;
          }
          JsonNode json = JSON.readTree(bytes);
          assertThat(entries).hasSize(json.size() - (json.has("__metadata__") ? 1 : 0));
          for (HeaderEntry entry : entries) {
            JsonNode tensor = json.path(entry.name());
            assertThat(tensor.path("dtype").asText()).isEqualTo(entry.dtype());
            assertThat(tensor.path("data_offsets").path(0).asLong()).isEqualTo(entry.begin());
            assertThat(tensor.path("data_offsets").path(1).asLong()).isEqualTo(entry.end());
            assertThat(entry.length()).isNotNegative();
            assertThat(tensor.path("shape")).hasSize(entry.shape().size());
          }
        });
  }

  private static String header(Random random) {
    StringBuilder json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    long begin = 0;
    for (int i = random.nextInt(4); i > 0; i--) {
      int rows = random.nextInt(9);
      int columns = random.nextInt(9);
      long end = begin + 2L * rows * columns;
      json.append(",\"t").append(i).append("\":{\"dtype\":\"");
      json.append(random.nextInt(9) > 0 ? "BF16" : DTYPES.get(random.nextInt(DTYPES.size())));
      json.append("\",\"shape\":[").append(odd(rows, random)).append(',');
      json.append(odd(columns, random)).append("],\"data_offsets\":[");
      json.append(odd(begin, random)).append(',').append(odd(end, random)).append("]}");
      begin = end;
    }
    return json.append('}').toString();
  }

  private static String odd(long number, Random random) {
    return random.nextInt(20) > 0
        ? Long.toString(number)
        : NUMBERS.get(random.nextInt(NUMBERS.size()));
  }

  @Test
  void tokenizerFilesAreTakenOrRefusedWhateverTheyHold() throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM")
        .file("special_tokens_map.json", "{\"bos_token\": {\"content\": \"<s>\"}}")
        .file("chat_template.jinja", "{% for m in messages %}{{ m.content }}{% endfor %}")
        .file(
            "tokenizer_config.json",
            "{\"bos_token\": {\"__type\": \"AddedToken\", \"content\": \"<s>\", \"lstrip\": false},"
                + " \"eos_token\": \"<|end|>\", \"legacy\": true,"
                + " \"added_tokens_decoder\": {\"14\": {\"content\": \"<|end|>\"}},"
                + " \"extra_special_tokens\": {\"image_token\": \"<i>\"},"
                + " \"chat_template\": [{\"name\": \"default\", \"template\": \"{{ messages }}\"}],"
                + " \"tokenizer_class\": \"LlamaTokenizerFast\", \"model_max_length\": 4096}")
        .write();
    List<String> names =
        List.of(
            "tokenizer_config.json",
            "tokenizer.json",
            "special_tokens_map.json",
            "chat_template.jinja",
            "config.json");
    Fuzz.run(
        "tokenizer files",
        random -> {
          String name = names.get(random.nextInt(names.size()));
          byte[] whole = Files.readAllBytes(folder.resolve(name));
          try {
            Files.write(folder.resolve(name), Fuzz.mutated(whole, random));
            Checkpoint checkpoint = Checkpoint.open(folder);
            assertThat(checkpoint.tokenizer().templateTokens()).doesNotContainValue(null);
            assertThat(checkpoint.fingerprint()).hasSize(64);
            assertThat(JSON.readTree(checkpoint.tokenizerJson()).isObject()).isTrue();
          } catch (Refused e) {
            assertShort(e.problems());
          } finally {
            Files.write(folder.resolve(name), whole);
          }
        });
  }

  private static void assertShort(List<String> problems) {
    assertThat(problems).allMatch(line -> line.length() < 999 && line.indexOf('\n') < 0);
  }
}
