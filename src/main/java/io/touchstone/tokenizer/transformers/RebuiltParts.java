package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.problem.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * What a class of transformers 5.23.0 puts in the place of a file's normalizer, pre-tokenizer,
 * model settings and decoder (the classes' {@code __init__}); vocabulary and merges stay the
 * file's.
 */
record RebuiltParts(JsonNode normalizer, JsonNode preTokenizer, BpeModel model, JsonNode decoder) {
  private static final String QWEN2_PATTERN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /** The decoder of byte-level vocabularies. */
  private static final JsonNode BYTES = byteLevel(true, true);

  /**
   * Reads {@code legacy} and {@code add_prefix_space} of {@code tokenizer_config.json}.
   *
   * @param unkToken empty where there is none
   */
  static RebuiltParts of(
      TokenizerClass rebuilt, JsonNode config, String unkToken, BpeModel model, Problems problems) {
    JsonNode none = NullNode.getInstance();
    return switch (rebuilt) {
      case BACKEND -> throw new IllegalArgumentException("expected a class that is rebuilt");
      case LLAMA ->
          new RebuiltParts(
              none,
              metaspace(
                  flag(config, "add_prefix_space", true, problems)
                      ? flag(config, "legacy", false, problems) ? "always" : "first"
                      : "never"),
              model.rebuilt("", true, true),
              pieces(flag(config, "add_prefix_space", true, problems)));
      case CODE_LLAMA ->
          new RebuiltParts(
              none,
              metaspace(flag(config, "add_prefix_space", true, problems) ? "first" : "never"),
              // Python's str(None).
              model.rebuilt(unkToken.isEmpty() ? "None" : unkToken, true, true),
              pieces(true));
      case GPT2 ->
          new RebuiltParts(
              none,
              byteLevel(spaceInFront(config, problems), true),
              model.rebuilt("", false, false),
              BYTES);
      case GPT_NEOX ->
          new RebuiltParts(
              nfc(),
              byteLevel(spaceInFront(config, problems), true),
              model.rebuilt("", false, false),
              BYTES);
      case GEMMA ->
          new RebuiltParts(
              marked(),
              // There is no space any more when it splits.
              splitBehindSpaces(),
              model.rebuilt(unkToken, true, true),
              pieces(false));
      case QWEN2 ->
          new RebuiltParts(
              nfc(),
              sequence(
                  split(QWEN2_PATTERN),
                  byteLevel(flag(config, "add_prefix_space", false, problems), false)),
              model.rebuilt("", false, false),
              BYTES);
    };
  }

  private static boolean flag(JsonNode config, String name, boolean absent, Problems problems) {
    JsonNode value = config.path(name);
    if (TokenizerFolder.isNone(value)) {
      return absent;
    }
    if (!value.isBoolean()) {
      problems.add(
          TokenizerFolder.IN_CONFIG
              .field(name)
              .expected("true or false")
              .found(JsonValue.shown(value)));
    }
    return value.asBoolean();
  }

  /** These classes cannot take null. */
  private static boolean spaceInFront(JsonNode config, Problems problems) {
    if (config.path("add_prefix_space").isNull()) {
      problems.add(
          TokenizerFolder.IN_CONFIG
              .field("add_prefix_space")
              .expected("true or false")
              .found("null"));
    }
    return flag(config, "add_prefix_space", false, problems);
  }

  private static ObjectNode object(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static ObjectNode nfc() {
    return object("NFC");
  }

  /** Spaces become marks. */
  private static ObjectNode marked() {
    ObjectNode replace = object("Replace");
    replace.putObject("pattern").put("String", " ");
    return replace.put("content", "\u2581");
  }

  private static ObjectNode splitBehindSpaces() {
    ObjectNode split = object("Split");
    split.putObject("pattern").put("String", " ");
    return split.put("behavior", "MergedWithPrevious").put("invert", false);
  }

  private static ObjectNode metaspace(String prependScheme) {
    return object("Metaspace")
        .put("replacement", "\u2581")
        .put("prepend_scheme", prependScheme)
        .put("split", false);
  }

  static ObjectNode byteLevel(boolean addPrefixSpace, boolean useRegex) {
    return object("ByteLevel")
        .put("add_prefix_space", addPrefixSpace)
        .put("trim_offsets", true)
        .put("use_regex", useRegex);
  }

  /** The decoder of pieces with byte fallback. */
  private static ObjectNode pieces(boolean stripsFirstSpace) {
    ObjectNode decoder = object("Sequence");
    ArrayNode steps = decoder.putArray("decoders");
    ObjectNode replace = object("Replace").put("content", " ");
    replace.putObject("pattern").put("String", "\u2581");
    steps.add(replace).add(object("ByteFallback")).add(object("Fuse"));
    if (stripsFirstSpace) {
      steps.add(object("Strip").put("content", " ").put("start", 1).put("stop", 0));
    }
    return decoder;
  }

  static ObjectNode split(String pattern) {
    ObjectNode split = object("Split");
    split.putObject("pattern").put("Regex", pattern);
    return split.put("behavior", "Isolated").put("invert", false);
  }

  static ObjectNode sequence(JsonNode... preTokenizers) {
    ObjectNode sequence = object("Sequence");
    for (JsonNode each : preTokenizers) {
      sequence.withArray("/pretokenizers").add(each);
    }
    return sequence;
  }

  /** Without what ids do not depend on, and with what a file need not say. */
  static JsonNode comparable(JsonNode preTokenizer) {
    JsonNode copy = preTokenizer.deepCopy();
    List<JsonNode> steps = new ArrayList<>(List.of(copy));
    copy.path("pretokenizers").forEach(steps::add);
    for (JsonNode step : steps) {
      if (step instanceof ObjectNode byteLevel && step.path("type").asText().equals("ByteLevel")) {
        byteLevel.remove("trim_offsets");
        if (!byteLevel.has("use_regex")) {
          byteLevel.put("use_regex", true);
        }
      }
    }
    return copy;
  }
}
