package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The small files that a tokenizer is made of; a node is missing where the file is.
 *
 * @param model {@code config.json}
 * @param config {@code tokenizer_config.json}
 * @param specialTokensMap {@code special_tokens_map.json}
 * @param addedTokens {@code added_tokens.json}
 */
public record TokenizerFolder(
    JsonNode model, JsonNode config, JsonNode specialTokensMap, JsonNode addedTokens) {
  public static final String CONFIG = "tokenizer_config.json";
  public static final String SPECIAL_TOKENS_MAP = "special_tokens_map.json";
  public static final String ADDED_TOKENS = "added_tokens.json";

  /**
   * Those whose tokenizer class is found as transformers finds it; its table has other classes for
   * other types.
   */
  public static final Set<String> MODEL_TYPES =
      Set.of(
          "gemma",
          "gemma2",
          "gemma3",
          "gemma3_text",
          "gpt2",
          "gpt_neox",
          "granite",
          "internlm2",
          "llama",
          "mistral",
          "mixtral",
          "nemotron_h",
          "olmo2",
          "olmo3",
          "phi3",
          "qwen2",
          "qwen3",
          "qwen3_moe");

  static final Problem IN_CONFIG = Problem.in(CONFIG);

  /** A flag of {@code tokenizer_config.json}; empty where it is missing or null. */
  static boolean isNone(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** Added tokens that are commands of a chat, where the file says which; else they are found. */
  Optional<List<String>> chatControlTokens() {
    JsonNode named = config.path("chat_control_tokens");
    if (!named.isArray()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    named.forEach(text -> texts.add(text.asText()));
    return Optional.of(texts);
  }

  /** Every text that could be an added token. */
  public Set<String> texts() {
    Set<String> texts = new HashSet<>();
    config
        .properties()
        .forEach(
            each -> {
              if (!each.getKey().equals("chat_template")) {
                collect(each.getValue(), texts);
              }
            });
    collect(specialTokensMap, texts);
    addedTokens.fieldNames().forEachRemaining(texts::add);
    for (TokenizerClass each : TokenizerClass.values()) {
      texts.addAll(each.defaults().values());
    }
    return texts;
  }

  private static void collect(JsonNode node, Set<String> texts) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.forEach(inner -> collect(inner, texts));
  }
}
