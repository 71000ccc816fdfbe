package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.transformers.TokenizerFile.Range;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a {@code tokenizer.json}, and what is wrong with it, as a stream: the vocabulary is never
 * held.
 */
public final class TokenizerFileReader {
  public static final Problem HERE = Problem.in(TokenizerFile.NAME);

  private static final int MAX_ADDED = 100_000;
  private static final Problem ADDED = HERE.field("added_tokens");

  /**
   * Without a table of names it reads characters, so that places are counted in them. Its codec
   * reads one added token at a time.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build()
          .setCodec(new ObjectMapper());

  private final JsonParser parser;
  private final Set<String> asked;
  private final Problems problems;
  private final List<AddedToken> added = new ArrayList<>();
  private final List<Integer> ids = new ArrayList<>();
  private final Map<String, Range> parts = new HashMap<>();
  private Optional<String> padToken = Optional.empty();
  private final Map<String, Integer> found = new HashMap<>();
  private int size;
  private boolean addedFirst = true;
  private Optional<BpeModel> model = Optional.empty();

  private TokenizerFileReader(JsonParser parser, Set<String> asked, Problems problems) {
    this.parser = parser;
    this.asked = new HashSet<>(asked);
    this.problems = problems;
  }

  /**
   * @param in the bytes of the file, read up to the end of the JSON
   * @param asked texts whose ids in the vocabulary are wanted
   * @return empty when the file is not what it must be, which has then been reported
   * @throws IOException also if it is no JSON
   */
  public static Optional<TokenizerFile> read(
      Path file, InputStream in, Set<String> asked, Problems problems) throws IOException {
    TokenizerFileReader reader = new TokenizerFileReader(JSON.createParser(in), asked, problems);
    reader.readRoot();
    if (reader.model.isEmpty()) {
      return Optional.empty();
    }
    if (!reader.addedFirst) {
      // The vocabulary stood before the tokens that are to be found in it.
      try (InputStream again = new BufferedInputStream(Files.newInputStream(file))) {
        TokenizerFileReader second =
            new TokenizerFileReader(JSON.createParser(again), reader.asked, new Problems());
        second.readRoot();
        reader.found.putAll(second.found);
      }
    }
    return Optional.of(
        new TokenizerFile(
            file,
            Files.size(file),
            reader.added,
            reader.ids,
            reader.padToken,
            reader.parts,
            new Vocabulary(reader.size, reader.found),
            reader.model.get()));
  }

  private void readRoot() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      problems.add(HERE.expected("a JSON object").found("something else"));
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      long from = parser.currentTokenLocation().getCharOffset();
      if (field.equals("model") && value == JsonToken.START_OBJECT) {
        model = Optional.of(readModel());
        NativeHazards.check(model.get(), problems);
      } else if (field.equals("decoder")) {
        NativeHazards.readDecoder(parser, problems);
      } else if (field.equals("added_tokens") && value == JsonToken.START_ARRAY) {
        addedFirst = model.isEmpty();
        readAdded();
      } else if (field.equals("padding") && value == JsonToken.START_OBJECT) {
        padToken = readPadToken();
      } else {
        parser.skipChildren();
      }
      parts.put(field, new Range(from, end()));
    }
    if (model.isEmpty()) {
      problems.add(HERE.field("model").expected("an object").found("none"));
    }
  }

  /** Where the token ends that was read last. */
  private long end() throws IOException {
    parser.finishToken();
    return parser.currentLocation().getCharOffset();
  }

  private BpeModel readModel() throws IOException {
    Map<String, JsonNode> settings = new HashMap<>();
    Map<String, Range> tables = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value.isScalarValue()) {
        settings.put(field, parser.readValueAsTree());
      } else {
        long from = parser.currentTokenLocation().getCharOffset();
        if (field.equals("vocab")) {
          readVocabulary();
        } else {
          parser.skipChildren();
        }
        if (value == JsonToken.START_OBJECT || field.equals("merges")) {
          tables.put(field, new Range(from, end()));
        }
      }
    }
    return new BpeModel(
        text(settings, "type").orElse("BPE"),
        Optional.ofNullable(tables.get("vocab")),
        Optional.ofNullable(tables.get("merges")),
        settings.containsKey("dropout") ? settings.get("dropout").asDouble() : 0,
        text(settings, "unk_token").orElse(""),
        text(settings, "continuing_subword_prefix").orElse(""),
        text(settings, "end_of_word_suffix").orElse(""),
        flag(settings, "fuse_unk"),
        flag(settings, "byte_fallback"),
        flag(settings, "ignore_merges"));
  }

  /** An object of texts and ids, or a list of pairs, whose places are the ids. */
  private void readVocabulary() throws IOException {
    boolean object = parser.currentToken() == JsonToken.START_OBJECT;
    // Most texts are ruled out by their length: a hash of each would take longer.
    BitSet lengths = new BitSet();
    asked.forEach(text -> lengths.set(text.length()));
    for (size = 0; !parser.nextToken().isStructEnd(); size++) {
      if (object) {
        String text = parser.currentName();
        JsonToken value = parser.nextToken();
        if (lengths.get(text.length()) && asked.contains(text)) {
          found.put(text, parser.getValueAsInt(-1));
        }
        if (value.isScalarValue()) {
          continue;
        }
      } else if (parser.currentToken() == JsonToken.START_ARRAY
          && parser.nextToken() == JsonToken.VALUE_STRING) {
        if (asked.contains(parser.getText())) {
          found.put(parser.getText(), size);
        }
        while (!parser.nextToken().isStructEnd()) {
          parser.skipChildren();
        }
        continue;
      }
      parser.skipChildren();
    }
  }

  private static Optional<String> text(Map<String, JsonNode> settings, String name) {
    return Optional.ofNullable(settings.get(name)).map(JsonNode::textValue);
  }

  private static boolean flag(Map<String, JsonNode> settings, String name) {
    return settings.containsKey(name) && settings.get(name).asBoolean();
  }

  private Optional<String> readPadToken() throws IOException {
    Optional<String> found = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean pad = parser.currentName().equals("pad_token");
      if (parser.nextToken() == JsonToken.VALUE_STRING && pad) {
        found = Optional.of(parser.getText());
      }
      parser.skipChildren();
    }
    return found;
  }

  private void readAdded() throws IOException {
    boolean objects = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT || added.size() > MAX_ADDED) {
        objects &= parser.currentToken() == JsonToken.START_OBJECT;
        parser.skipChildren();
        continue;
      }
      JsonNode token = parser.readValueAsTree();
      AddedToken.read(token, ADDED, problems)
          .ifPresent(
              read -> {
                added.add(read);
                asked.add(read.content());
                ids.add(token.path("id").asInt(-1));
              });
    }
    if (!objects) {
      problems.add(ADDED.expected("objects").found("something else"));
    }
    if (added.size() > MAX_ADDED) {
      problems.add(ADDED.expected("at most " + MAX_ADDED).found("more"));
    }
  }
}
