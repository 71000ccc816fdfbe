package io.touchstone.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real templates against jinja2's own output, where the shared fixtures are at hand. */
final class SharedChatTemplatesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 5, 12, 0);

  @TestFactory
  Stream<DynamicTest> rendersEveryCaseAsJinja2Does() throws IOException {
    String fixtures = System.getProperty("touchstone.fixtures");
    Assumptions.assumeTrue(fixtures != null, "the property touchstone.fixtures names no folder");
    Path folder = Path.of(fixtures, "chat-templates");
    Map<String, List<JsonNode>> casesByTemplate = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("cases.jsonl"))) {
      JsonNode one = JSON.readTree(line);
      casesByTemplate
          .computeIfAbsent(one.get("template").textValue(), name -> new ArrayList<>())
          .add(one);
    }
    return casesByTemplate.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> check(folder, entry.getKey(), entry.getValue())));
  }

  private static void check(Path folder, String name, List<JsonNode> cases) throws IOException {
    String source = Files.readString(folder.resolve("templates").resolve(name + ".jinja"));
    ChatTemplate template = ChatTemplate.compile(source, TemplateLimits.defaults(), NOW);
    for (JsonNode one : cases) {
      String description = "%s, case %s".formatted(name, one.get("case").textValue());
      if (one.has("error")) {
        assertThatThrownBy(() -> render(template, one))
            .as(description)
            .isInstanceOf(TemplateException.class);
      } else {
        assertThat(render(template, one))
            .as(description)
            .isEqualTo(one.get("rendered").textValue());
      }
    }
  }

  private static String render(ChatTemplate template, JsonNode one) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("tools", one.has("tools") ? value(one.get("tools")) : null);
    variables.put("documents", null);
    one.get("variables")
        .fields()
        .forEachRemaining(e -> variables.put(e.getKey(), value(e.getValue())));
    List<Map<String, Object>> messages = JSON.convertValue(one.get("messages"), List.class);
    return template.render(
        messages,
        one.get("add_generation_prompt").booleanValue()
            ? GenerationPrompt.ADDED
            : GenerationPrompt.NONE,
        variables);
  }

  private static Object value(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }
}
