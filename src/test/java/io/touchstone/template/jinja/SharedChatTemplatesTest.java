package io.touchstone.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Renders real models' templates, where they are at hand, as jinja2 rendered them. */
final class SharedChatTemplatesTest {
  private static final String PROPERTY = "touchstone.fixtures";
  private static final LocalDateTime CLOCK = LocalDateTime.of(2026, 1, 5, 0, 0);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, ChatTemplate> templates = new HashMap<>();

  @Test
  void rendersEveryCaseAsJinja2Does() throws IOException {
    String fixtures = System.getProperty(PROPERTY);
    assumeTrue(fixtures != null, () -> PROPERTY + " is not set: no shared templates");
    Path folder = Path.of(fixtures, "chat-templates");
    List<String> cases = Files.readAllLines(folder.resolve("cases.jsonl"));
    List<String> differences = new ArrayList<>();
    for (String line : cases) {
      JsonNode test = MAPPER.readTree(line);
      JsonNode expected = test.path("rendered");
      Rendered found = render(folder, test);
      boolean same =
          expected.isMissingNode()
              ? found instanceof Rendered.Failure
              : found.equals(new Rendered.Text(expected.textValue()));
      if (!same) {
        differences.add(test.get("template") + " " + test.get("case") + ": found " + found);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(cases).hasSizeGreaterThan(1000);
  }

  private Rendered render(Path folder, JsonNode test) throws IOException {
    Map<String, Object> variables = JsonValues.map(test.get("variables"));
    if (test.has("tools")) {
      variables.put("tools", JsonValues.of(test.get("tools")));
    }
    String name = test.get("template").textValue();
    if (!templates.containsKey(name)) {
      String source = Files.readString(folder.resolve("templates").resolve(name + ".jinja"));
      templates.put(name, ChatTemplate.compile(source, TemplateLimits.defaults(), CLOCK));
    }
    return Rendered.by(
        () ->
            templates
                .get(name)
                .render(
                    JsonValues.maps(test.get("messages")),
                    test.get("add_generation_prompt").booleanValue()
                        ? GenerationPrompt.ADDED
                        : GenerationPrompt.NONE,
                    variables));
  }
}
