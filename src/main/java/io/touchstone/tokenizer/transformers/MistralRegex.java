package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pattern that {@code fix_mistral_regex} of {@code tokenizer_config.json} puts first
 * (transformers 5.23.0, {@code TokenizersBackend._patch_mistral_regex}): in Mistral models that an
 * older version saved, with more than 100,000 tokens.
 */
final class MistralRegex {
  static final String KEY = "fix_mistral_regex";
  static final int MORE_TOKENS_THAN = 100_000;

  private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.\\d+)*(.*)");
  private static final String SPLIT =
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|"
          + "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|"
          + "\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private MistralRegex() {}

  /** Whether the folder asks for it, and is one of those that get it. */
  static boolean isAsked(TokenizerFolder folder, Problems problems) {
    JsonNode flag = folder.config().path(KEY);
    if (!flag.isBoolean() && !TokenizerFolder.isNone(flag)) {
      problems.add(
          TokenizerFolder.IN_CONFIG
              .field(KEY)
              .expected("true or false")
              .found(JsonValue.shown(flag)));
    }
    return flag.asBoolean()
        && folder.model().path("model_type").asText().equals("mistral")
        && savedBefore5(folder.model().path("transformers_version"), problems);
  }

  private static boolean savedBefore5(JsonNode version, Problems problems) {
    if (TokenizerFolder.isNone(version) || version.asText().isEmpty()) {
      return true;
    }
    Matcher matcher = VERSION.matcher(version.asText());
    if (!matcher.matches()) {
      problems.add(
          Problem.in("config.json")
              .field("transformers_version")
              .expected("a version such as 4.57.0")
              .found(JsonValue.shown(version)));
      return false;
    }
    int major = matcher.group(1).length() > 4 ? 5 : Integer.parseInt(matcher.group(1));
    boolean forerunner = version.asText().matches("5(\\.0)*\\.?(dev|a|b|rc|alpha|beta).*");
    return major < 5 || forerunner;
  }

  /**
   * @param own the file's pre-tokenizer
   */
  static JsonNode fixed(JsonNode own) {
    JsonNode split = RebuiltParts.split(SPLIT);
    if (own.path("type").asText().equals("Sequence")) {
      ObjectNode fixed = own.deepCopy();
      ArrayNode steps = fixed.withArray("/pretokenizers");
      if (!steps.isEmpty()) {
        steps.set(0, split);
      }
      return fixed;
    }
    // Metaspace would lose the spaces that the pattern leaves by themselves.
    boolean metaspace = own.path("type").asText().equals("Metaspace");
    return RebuiltParts.sequence(split, metaspace ? RebuiltParts.byteLevel(false, false) : own);
  }
}
