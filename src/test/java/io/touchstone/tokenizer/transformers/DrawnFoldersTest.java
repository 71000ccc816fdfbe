package io.touchstone.tokenizer.transformers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.TextsWithout;
import io.touchstone.tokenizer.Tokenizer;
import io.touchstone.tokenizer.TokenizerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
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
    JsonNode drawn;
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                DrawnFoldersTest.class.getResourceAsStream("/tokenizers/folders.json.gz")))) {
      drawn = JSON.readTree(in);
    }
    Map<String, JsonNode> models = models(drawn.get("models"));
    for (int i = 0; i < drawn.get("folders").size(); i++) {
      check(i, drawn.get("folders").get(i), models, drawn);
    }
    System.out.printf(
        "%d folders: %d with the same ids, %d refused by both, %d not followed%n",
        drawn.get("folders").size(), equal, refused, notFollowed);
    assertThat(wrong).isEmpty();
    assertThat(equal).isGreaterThan(300);
    assertThat(notFollowed).isLessThan(equal / 10);
  }

  private static Map<String, JsonNode> models(JsonNode given) {
    Map<String, JsonNode> models = new TreeMap<>();
    for (var model : given.properties()) {
      JsonNode of = model.getValue();
      if (of.has("fillers")) {
        ObjectNode filled = given.get(of.get("base").asText()).deepCopy();
        ObjectNode vocab = (ObjectNode) filled.get("vocab");
        int size = vocab.size();
        for (int i = 0; i < of.get("fillers").asInt(); i++) {
          vocab.put("filler" + i, size + i);
        }
        models.put(model.getKey(), filled);
      } else {
        models.put(model.getKey(), of);
      }
    }
    return models;
  }

  private void check(int number, JsonNode given, Map<String, JsonNode> models, JsonNode drawn)
      throws IOException {
    JsonNode expected = given.get("expected");
    String name = "folder " + number + " " + given.get("config") + given.get("tokenizer_config");
    Problems problems = new Problems();
    Optional<MadeTokenizer> made = make(given, models, problems);
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

  private Optional<MadeTokenizer> make(
      JsonNode given, Map<String, JsonNode> models, Problems problems) throws IOException {
    ObjectNode model = models.get(given.get("model").asText()).deepCopy();
    model.setAll((ObjectNode) given.get("settings"));
    ObjectNode file = JSON.createObjectNode();
    if (given.get("model_first").asBoolean()) {
      file.set("model", model);
    }
    file.setAll((ObjectNode) given.get("tokenizer"));
    file.set("model", model);
    Path path = folder.resolve("tokenizer.json");
    byte[] bytes = JSON.writeValueAsBytes(file);
    Files.write(path, bytes);
    TokenizerFolder small =
        new TokenizerFolder(
            given.get("config"),
            given.get("tokenizer_config"),
            orMissing(given, "special_tokens_map"),
            orMissing(given, "added_tokens"));
    Optional<TokenizerFile> read =
        TokenizerFileReader.read(path, new ByteArrayInputStream(bytes), small.texts(), problems);
    return read.isEmpty()
        ? Optional.empty()
        : Optional.of(
            TokenizerMaker.make(small, read.get(), TokenizerChoice.TRANSFORMERS5, problems));
  }

  private static JsonNode orMissing(JsonNode given, String name) {
    return given.has(name) ? given.get(name) : MissingNode.getInstance();
  }
}
