package io.touchstone.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code tokenizer.json} as transformers 5.23.0 understands it.
 *
 * <p>For Qwen2 models, and for Qwen3 models that name no other class, its AutoTokenizer builds a
 * Qwen2Tokenizer: vocabulary, merges and added tokens of the file, but normalizer and pre-tokenizer
 * of the class, whatever the file says (tokenization_auto.py, tokenization_qwen2.py). Published
 * checkpoints say the same twice; where a file differs, ids must follow the class.
 */
final class TokenizerJson {
  private static final Set<String> QWEN2_CLASSES = Set.of("Qwen2Tokenizer", "Qwen2TokenizerFast");
  private static final String NORMALIZER = "{\"type\":\"NFC\"}";
  private static final String PRE_TOKENIZER =
      "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":"
          + "\"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}|"
          + " ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+\"},"
          + "\"behavior\":\"Isolated\",\"invert\":false},{\"type\":\"ByteLevel\","
          + "\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":false}]}";

  /** The file was read once before, and found to be JSON of a bounded size. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(Integer.MAX_VALUE).build())
          .build();

  private TokenizerJson() {}

  static byte[] read(Path file, Family family, Optional<String> tokenizerClass) throws IOException {
    return isQwen2(family, tokenizerClass) ? asQwen2(file) : Files.readAllBytes(file);
  }

  private static boolean isQwen2(Family family, Optional<String> tokenizerClass) {
    return switch (family) {
      case QWEN2 -> true;
      case QWEN3 -> tokenizerClass.map(QWEN2_CLASSES::contains).orElse(true);
      case LLAMA, MISTRAL -> false;
    };
  }

  private static byte[] asQwen2(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Files.size(file));
    try (JsonParser parser = JSON.createParser(file.toFile());
        JsonGenerator generator = JSON.createGenerator(bytes)) {
      parser.nextToken();
      generator.writeStartObject();
      generator.writeFieldName("normalizer");
      generator.writeRawValue(NORMALIZER);
      generator.writeFieldName("pre_tokenizer");
      generator.writeRawValue(PRE_TOKENIZER);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals("normalizer") || field.equals("pre_tokenizer")) {
          parser.skipChildren();
        } else {
          generator.writeFieldName(field);
          generator.copyCurrentStructure(parser);
        }
      }
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
