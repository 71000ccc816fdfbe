package io.touchstone.generation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers that transformers 5.23.0 has given, where they are at hand. */
final class SharedAnswersTest {
  private static final String PROPERTY = "touchstone.fixtures";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void hasTransformersTextsEndsAndLengths() throws IOException {
    String fixtures = System.getProperty(PROPERTY);
    assumeTrue(fixtures != null, () -> PROPERTY + " is not set: no shared answers");
    Path models = Path.of(fixtures, "generation", "models");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (String model : List.of("llama-edit", "qwen3-thinking", "nemotron-nano")) {
      Path folder = models.resolve(model);
      try (Tokenizer tokens =
          HuggingFaceTokens.of(Files.readAllBytes(folder.resolve("tokenizer.json")))) {
        Set<Integer> eosIds = new HashSet<>();
        MAPPER
            .readTree(folder.resolve("generation_config.json").toFile())
            .get("eos_token_id")
            .forEach(id -> eosIds.add(id.intValue()));
        for (JsonNode row : rows(models.resolve("expected"), model)) {
          Answer expected =
              new Answer(
                  row.get("text").textValue(),
                  null,
                  row.get("finish").textValue().equals("eos") ? Finish.EOS : Finish.LENGTH,
                  row.get("ids").size(),
                  sum(row.get("logprobs")));
          Answer found = answer(tokens, eosIds, row);
          if (!found.equals(expected)) {
            differences.add(model + " " + row.get("id") + ": found " + found);
          }
          compared++;
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isEqualTo(73);
  }

  private static List<JsonNode> rows(Path expected, String model) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(expected)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().startsWith(model + ".")) {
          for (String line : Files.readAllLines(file)) {
            JsonNode row = MAPPER.readTree(line);
            if (row.has("ids")) {
              rows.add(row);
            }
          }
        }
      }
    }
    return rows;
  }

  private static double sum(JsonNode logprobs) {
    double sum = 0;
    for (JsonNode logprob : logprobs) {
      sum += logprob.doubleValue();
    }
    return sum;
  }

  private static Answer answer(Tokenizer tokens, Set<Integer> eosIds, JsonNode row) {
    AnswerText text =
        new AnswerText(
            new AnswerDecoder(tokens, false),
            new AnswerRules(List.of(), eosIds, row.get("max_new_tokens").intValue()),
            false);
    Optional<Finish> finish = Optional.empty();
    for (int i = 0; finish.isEmpty(); i++) {
      finish = text.add(row.get("ids").get(i).intValue(), row.get("logprobs").get(i).doubleValue());
    }
    return text.answer(finish.get());
  }
}
