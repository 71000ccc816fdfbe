package io.touchstone.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged and joined templates render or are refused, within their bounds. */
final class TemplateFuzzTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARKER = "Zebrafink";
  private static final TemplateLimits LIMITS =
      new TemplateLimits(1 << 16, 100, 50, 20_000, 1 << 16, 1 << 18, 2_000);

  private static final List<Map<String, Object>> MESSAGES =
      List.of(
          Map.of("role", "system", "content", MARKER),
          Map.of("role", "user", "content", List.of(Map.of("type", "text", "text", MARKER))),
          Map.of(
              "role",
              "assistant",
              "content",
              MARKER,
              "tool_calls",
              List.of(Map.of("function", Map.of("name", MARKER, "arguments", Map.of())))));

  @Test
  void neverThrowsAnythingElseNorTellsATextNorGoesOverItsBounds() throws IOException {
    List<String> sources = sources();
    Map<String, Object> variables =
        Map.of("xs", List.of(1, 2.5, "x"), "s", MARKER, "d", Map.of(MARKER, 1), "i", 3, "f", 0.5);
    Fuzz.run(
        "templates",
        random -> {
          String source = source(sources, random);
          try {
            String text =
                ChatTemplate.compile(source, LIMITS, Templates.CLOCK)
                    .render(MESSAGES, GenerationPrompt.ADDED, variables);
            assertThat(text.length()).isLessThanOrEqualTo((int) LIMITS.maxOutputChars());
          } catch (TemplateException e) {
            assertThat(e).hasMessageStartingWith("chat template").message().doesNotContain(MARKER);
          }
        });
  }

  private static String source(List<String> sources, Random random) {
    String source = sources.get(random.nextInt(sources.size()));
    if (random.nextBoolean()) {
      String other = sources.get(random.nextInt(sources.size()));
      int cut = random.nextInt(source.length() + 1);
      source = source.substring(0, cut) + other.substring(random.nextInt(other.length() + 1));
    }
    return random.nextInt(8) == 0 ? source : Fuzz.mutated(source, random);
  }

  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String name : List.of("/language/generated.jsonl", "/templates/snippets.jsonl")) {
      for (String line : resource(name).lines().toList()) {
        var test = JSON.readTree(line);
        sources.add((test.has("template") ? test.get("template") : test.get("source")).asText());
      }
    }
    for (String line : resource("/templates/families.jsonl").lines().toList()) {
      String family = JSON.readTree(line).get("template").asText();
      String source = resource("/templates/families/" + family + ".jinja");
      if (!sources.contains(source)) {
        sources.add(source);
      }
    }
    return sources;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = TemplateFuzzTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
