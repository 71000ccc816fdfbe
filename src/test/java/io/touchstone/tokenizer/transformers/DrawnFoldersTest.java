package io.touchstone.tokenizer.transformers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.TextsWithout;
import io.touchstone.tokenizer.Tokenizer;
import io.touchstone.tokenizer.TokenizerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several hundred folders that {@code src/test/python/make_tokenizers.py} has drawn, and the ids
 * that transformers 5.23.0 gives with each.
 */
final class DrawnFoldersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private final List<String> wrong = new ArrayList<>();
  private int equal;
  private int notFollowed;
  private int refused;

  @Test
  void idsAndNamedTokensAreThoseOfTransformers() throws IOException {
    DrawnFolders folders = DrawnFolders.read();
    JsonNode drawn = folders.drawn;
    for (int i = 0; i < drawn.get("folders").size(); i++) {
      check(i, drawn.get("folders").get(i), folders);
    }
    System.out.printf(
        "%d folders: %d with the same ids, %d refused by both, %d not followed%n",
        drawn.get("folders").size(), equal, refused, notFollowed);
    assertThat(wrong).isEmpty();
    assertThat(equal).isGreaterThan(300);
    assertThat(notFollowed).isLessThan(equal / 10);
  }

  private void check(int number, JsonNode given, DrawnFolders folders) throws IOException {
    JsonNode drawn = folders.drawn;
    JsonNode expected = given.get("expected");
    String name = "folder " + number + " " + given.get("config") + given.get("tokenizer_config");
    Problems problems = new Problems();
    Optional<MadeTokenizer> made = folders.make(given, folder, problems);
    if (!problems.isEmpty()) {
      if (expected.has("error")) {
        refused++;
      } else if (problems.found().stream().allMatch(each -> each.contains("--tokenizer file"))) {
        notFollowed++;
      } else {
        wrong.add(name + ": refused: " + problems.found());
      }
      return;
    }
    if (expected.has("error")) {
      wrong.add(name + ": not refused, but " + expected.get("error").asText());
      return;
    }
    MadeTokenizer tokenizer = made.orElseThrow();
    Map<String, String> named = new TreeMap<>();
    expected
        .get("special_tokens_map")
        .properties()
        .forEach(each -> named.put(each.getKey(), each.getValue().asText()));
    if (!named.equals(new TreeMap<>(tokenizer.templateTokens()))) {
      wrong.add(name + ": named " + named + " found " + tokenizer.templateTokens());
      return;
    }
    int before = wrong.size();
    // No text has a command of two zero characters.
    String command = tokenizer.fillToken().orElse("\0\0");
    try (Tokenizer tokens = new TextsWithout(command, HuggingFaceTokens.of(tokenizer.json()))) {
      for (int t = 0; t < drawn.get("texts").size() && wrong.size() == before; t++) {
        String text = drawn.get("texts").get(t).asText();
        JsonNode ids = expected.get("ids").get(t);
        String want = ids.isNull() ? "none" : drawn.get("encodings").get(ids.asInt()).toString();
        String found = encode(tokens, text);
        if (!found.equals(want)) {
          wrong.add(name + ": " + text + "\n  expected " + want + "\n  found    " + found);
        }
      }
    }
    equal += wrong.size() == before ? 1 : 0;
  }

  private static String encode(Tokenizer tokens, String text) {
    try {
      return JSON.valueToTree(tokens.encode(text)).toString();
    } catch (TokenizerException e) {
      return "none";
    }
  }
}
