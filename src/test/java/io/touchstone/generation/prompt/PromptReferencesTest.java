package io.touchstone.generation.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.PromptPreparation.Unpreparable;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.TemplateLimits;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.SpecialTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prompts with a generation prompt, that go on, with thinking, with spelled tokens as text: each as
 * transformers makes it ({@code src/test/python/make_prompts.py}).
 */
final class PromptReferencesTest {

  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GenerationMemory AMPLE =
      new GenerationMemory(1L << 40, 0, 1 << 20, 1 << 10, 16, 4096);

  @ParameterizedTest
  @ValueSource(strings = {"llama-causal", "mistral-causal"})
  void equalTransformers(String tokenizer) throws IOException {
    JsonNode parts = JSON.readTree(RESOURCES.resolve("generation/parts.json").toFile());
    int answered = 0;
    int refused = 0;
    for (String line : Files.readAllLines(RESOURCES.resolve("generation/prompts.jsonl"))) {
      JsonNode one = JSON.readTree(line);
      if (!one.get("tokenizer").textValue().equals(tokenizer)) {
        continue;
      }
      try (PromptTokenizer prompts = prompts(one, parts)) {
        PromptPreparation made = prompts.prepare(prompt(one));
        if (one.has("error")) {
          assertThat(made).as(line).isInstanceOf(Unpreparable.class);
          assertThat(((Unpreparable) made).rejected().kind()).isEqualTo("template-error");
          refused++;
        } else {
          assertThat(made).as(line).isInstanceOf(PreparedPrompt.class);
          assertThat(((PreparedPrompt) made).ids())
              .as(line)
              .isEqualTo(JSON.convertValue(one.get("ids"), int[].class));
          answered++;
        }
      }
    }
    assertThat(answered).isGreaterThan(100);
    assertThat(refused).isGreaterThan(5);
  }

  private static PromptTokenizer prompts(JsonNode one, JsonNode parts) throws IOException {
    Path folder = RESOURCES.resolve("references").resolve(one.get("tokenizer").textValue());
    ObjectNode json = (ObjectNode) JSON.readTree(folder.resolve("tokenizer.json").toFile());
    ObjectNode bare = json.deepCopy();
    bare.putArray("added_tokens");
    bare.putNull("post_processor");
    ArrayNode added = (ArrayNode) json.get("added_tokens");
    int next = json.get("model").get("vocab").size();
    for (JsonNode token : added) {
      next = Math.max(next, token.get("id").intValue() + 1);
    }
    for (JsonNode token : parts.get("added")) {
      added
          .addObject()
          .put("id", next++)
          .put("content", token.get("content").textValue())
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", token.get("special").booleanValue());
    }
    Set<String> special = new HashSet<>();
    List<String> all = new ArrayList<>();
    for (JsonNode token : added) {
      all.add(token.get("content").textValue());
      if (token.get("special").booleanValue()) {
        special.add(token.get("content").textValue());
      }
    }
    ChatPrompt format =
        new ChatPrompt(
            ChatTemplate.compile(
                parts.get("templates").get(one.get("template").textValue()).textValue(),
                TemplateLimits.defaults(),
                LocalDateTime.of(2024, 7, 26, 0, 0)),
            Optional.empty(),
            specialTokens(folder));
    HuggingFaceTokens tokenizer = HuggingFaceTokens.of(JSON.writeValueAsBytes(json));
    Optional<ControlTokens> control =
        one.path("sanitize").booleanValue()
            ? Optional.of(
                new ControlTokens(
                    format,
                    new ControlTokens.Added(special, all, control(one)),
                    tokenizer,
                    HuggingFaceTokens.of(JSON.writeValueAsBytes(bare))))
            : Optional.empty();
    return new PromptTokenizer(
        new PromptTokenizer.Prompting(
            format,
            thinking(one.path("thinking")),
            List.of(),
            tokenizer,
            new SpecialTokens(List.copyOf(special)),
            control),
        new PromptTokenizer.Room(4096, 10, 1 << 20, AMPLE));
  }

  private static Map<String, String> specialTokens(Path folder) throws IOException {
    Map<String, String> tokens = new LinkedHashMap<>();
    JsonNode config = JSON.readTree(folder.resolve("tokenizer_config.json").toFile());
    for (String name : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
      if (config.path(name).isTextual()) {
        tokens.put(name, config.get(name).textValue());
      }
    }
    return tokens;
  }

  /** Those that the tokenizer's file names, where it does. */
  private static Optional<List<String>> control(JsonNode one) {
    List<String> named = new ArrayList<>();
    one.path("control").forEach(token -> named.add(token.textValue()));
    return one.has("control") ? Optional.of(named) : Optional.empty();
  }

  private static Thinking thinking(JsonNode asked) {
    if (!asked.isBoolean()) {
      return Thinking.UNSET;
    }
    return asked.booleanValue() ? Thinking.ON : Thinking.OFF;
  }

  private static Prompt prompt(JsonNode one) {
    List<Turn> turns = new ArrayList<>();
    for (JsonNode message : one.get("messages")) {
      turns.add(new Turn(Role.of(message.get("role").textValue()), plain(message)));
    }
    List<Object> tools = new ArrayList<>();
    one.path("tools").forEach(tool -> tools.add(plain(tool)));
    return new Prompt(
        0, new Conversation(turns, tools), one.path("continues").booleanValue(), Optional.empty());
  }

  /** As lines are read: integers are Long. */
  private static Map<String, Object> plain(JsonNode object) {
    return JSON.convertValue(
        object,
        JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
  }
}
