package io.touchstone.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.digest.Sha256;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the added tokens of {@code tokenizer.json}, and what is wrong with the rest of it, as a
 * stream: the vocabulary is never held.
 *
 * @param special receives the texts of the special ones
 */
record AddedTokens(JsonParser parser, Problems problems, List<String> special) {
  private static final long MAX_BYTES = 256L << 20;
  private static final int MAX_SPECIAL = 100_000;
  private static final int BUFFER_BYTES = 1 << 16;

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  static final Problem HERE = Problem.in(TokenizerFiles.TOKENIZER);

  /** The texts of the special ones, in the file's order. */
  static List<String> read(FolderFiles files) {
    Path file = files.opening(TokenizerFiles.TOKENIZER);
    Problems problems = files.problems();
    if (!Files.isRegularFile(file)) {
      problems.add(FolderFiles.noFile(HERE, file));
      return List.of();
    }
    MessageDigest digest = Sha256.begin();
    try (InputStream in =
        new BufferedInputStream(
            new DigestInputStream(Files.newInputStream(file), digest), BUFFER_BYTES)) {
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        problems.add(HERE.expected("at most " + MAX_BYTES + " bytes").found(bytes));
        return List.of();
      }
      List<String> special = new ArrayList<>();
      new AddedTokens(JSON.createParser(in), problems, special).readRoot();
      in.transferTo(OutputStream.nullOutputStream());
      files.fingerprint().file(TokenizerFiles.TOKENIZER, digest);
      return special;
    } catch (IOException e) {
      problems.add(FolderFiles.notJson(HERE, e));
      return List.of();
    }
  }

  private void readRoot() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      problems.add(HERE.expected("a JSON object").found("something else"));
      return;
    }
    boolean model = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("model") && value == JsonToken.START_OBJECT) {
        model = true;
        NativeHazards.readModel(parser, problems);
      } else if (field.equals("decoder")) {
        NativeHazards.readDecoder(parser, problems);
      } else if (field.equals("added_tokens") && value == JsonToken.START_ARRAY) {
        readList();
      } else {
        parser.skipChildren();
      }
    }
    if (!model) {
      problems.add(HERE.field("model").expected("an object").found("none"));
    }
  }

  private void readList() throws IOException {
    boolean objects = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        objects = false;
        parser.skipChildren();
        continue;
      }
      String content = "";
      boolean isSpecial = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("content") && value == JsonToken.VALUE_STRING) {
          content = parser.getText();
        } else if (field.equals("special")) {
          isSpecial = value == JsonToken.VALUE_TRUE;
        }
        parser.skipChildren();
      }
      if (isSpecial && !content.isEmpty() && special.size() <= MAX_SPECIAL) {
        special.add(content);
      }
    }
    if (!objects) {
      problems.add(HERE.field("added_tokens").expected("objects").found("something else"));
    }
    if (special.size() > MAX_SPECIAL) {
      problems.add(
          HERE.field("added_tokens")
              .expected("at most " + MAX_SPECIAL + " special ones")
              .found("more"));
    }
  }
}
