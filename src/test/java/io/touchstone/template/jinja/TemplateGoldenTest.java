package io.touchstone.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Templates of our own, rendered as jinja2 renders them in transformers' environment; {@code
 * src/test/python/render_templates.py} wrote what is expected.
 */
final class TemplateGoldenTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void rendersTemplatesInTheMannerOfModelFamilies() throws IOException {
    JsonNode conversations = MAPPER.readTree(resource("conversations.json")).get("conversations");
    List<String> differences = new ArrayList<>();
    List<String> cases = resource("families.jsonl").lines().toList();
    for (String line : cases) {
      JsonNode test = MAPPER.readTree(line);
      JsonNode conversation = conversations.get(test.get("conversation").textValue());
      String source = resource("families/" + test.get("template").textValue() + ".jinja");
      Rendered found =
          Rendered.by(
              () ->
                  compile(source)
                      .render(
                          JsonValues.maps(conversation.get("messages")),
                          test.get("add_generation_prompt").booleanValue()
                              ? GenerationPrompt.ADDED
                              : GenerationPrompt.NONE,
                          conversation.has("variables")
                              ? JsonValues.map(conversation.get("variables"))
                              : Map.of()));
      compare(test, test.get("template") + ", " + test.get("conversation"), found, differences);
    }
    assertThat(differences).isEmpty();
    assertThat(cases).hasSizeGreaterThan(200);
  }

  @Test
  void rendersRandomExpressionsAndStatements() throws IOException {
    JsonNode data = MAPPER.readTree(resource("conversations.json")).get("snippets");
    List<String> differences = new ArrayList<>();
    List<String> cases = resource("snippets.jsonl").lines().toList();
    for (String line : cases) {
      JsonNode test = MAPPER.readTree(line);
      String source = test.get("source").textValue();
      Rendered found =
          Rendered.by(
              () ->
                  compile(source)
                      .render(
                          JsonValues.maps(data.get("messages")),
                          GenerationPrompt.NONE,
                          JsonValues.map(data.get("variables"))));
      compare(test, source, found, differences);
    }
    assertThat(differences).isEmpty();
    assertThat(cases).hasSizeGreaterThan(1000);
  }

  private static void compare(
      JsonNode test, String name, Rendered found, List<String> differences) {
    JsonNode expected = test.path("rendered");
    boolean same =
        expected.isMissingNode()
            ? found instanceof Rendered.Failure
            : found.equals(new Rendered.Text(expected.textValue()));
    if (!same) {
      differences.add(
          "%s: expected %s, found %s"
              .formatted(name, expected.isMissingNode() ? test.get("error") : expected, found));
    }
  }

  private static ChatTemplate compile(String source) throws TemplateException {
    LocalDateTime clock = LocalDateTime.of(2026, 1, 5, 13, 7, 9);
    return ChatTemplate.compile(source, TemplateLimits.defaults(), clock);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = TemplateGoldenTest.class.getResourceAsStream("/templates/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
