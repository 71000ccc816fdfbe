package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.problem.Problems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Several hundred folders that {@code src/test/python/make_tokenizers.py} has drawn. */
final class DrawnFolders {
  private static final ObjectMapper JSON = new ObjectMapper();

  final JsonNode drawn;
  private final Map<String, JsonNode> models;

  private DrawnFolders(JsonNode drawn) {
    this.drawn = drawn;
    this.models = models(drawn.get("models"));
  }

  static DrawnFolders read() throws IOException {
    return new DrawnFolders(resource("folders.json.gz"));
  }

  static JsonNode resource(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                DrawnFolders.class.getResourceAsStream("/tokenizers/" + name)))) {
      return JSON.readTree(in);
    }
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

  /** Makes a folder's tokenizer as transformers does. */
  Optional<MadeTokenizer> make(JsonNode given, Path folder, Problems problems) throws IOException {
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
