package io.touchstone.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every operator, filter, test, method, statement and sign of white space over odd values, against
 * what jinja2 made of them ({@code src/test/python/render_language.py}).
 */
final class LanguageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LEAST_CASES = 6_000;

  @Test
  void rendersEveryGeneratedTemplateAsJinja2Does() throws IOException {
    LocalDateTime now =
        LocalDateTime.parse(JSON.readTree(text("versions.json")).get("now").textValue());
    Map<String, Object> variables =
        JSON.readValue(text("variables.json"), new TypeReference<>() {});
    List<Map<String, Object>> messages =
        JSON.convertValue(variables.remove("messages"), new TypeReference<>() {});
    List<String> differences = new ArrayList<>();
    List<String> cases = text("generated.jsonl").lines().toList();
    for (String line : cases) {
      JsonNode one = JSON.readTree(line);
      String source = one.get("template").textValue();
      String expected = one.has("error") ? null : one.get("rendered").textValue();
      String found;
      String fault = "nothing";
      try {
        found =
            ChatTemplate.compile(source, TemplateLimits.defaults(), now)
                .render(messages, GenerationPrompt.NONE, variables);
      } catch (TemplateException e) {
        found = null;
        fault = e.getMessage();
      }
      if (expected == null ? found != null : !expected.equals(found)) {
        differences.add("%s%n expected %s%n found %s, %s".formatted(source, one, found, fault));
      }
    }
    assertThat(cases).hasSizeGreaterThan(LEAST_CASES);
    assertThat(differences).as("templates that jinja2 renders otherwise").isEmpty();
  }

  private static String text(String name) throws IOException {
    try (InputStream in = LanguageTest.class.getResourceAsStream("/language/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
