package io.touchstone.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tokenizer's files say besides the vocabulary. */
record TokenizerFiles(
    Optional<String> chatTemplate,
    Map<String, String> specialTokens,
    List<String> specialTokenTexts,
    Optional<String> tokenizerClass) {
  static final String TOKENIZER = "tokenizer.json";
  static final String CONFIG = "tokenizer_config.json";
  static final String SPECIAL_TOKENS_MAP = "special_tokens_map.json";
  static final String CHAT_TEMPLATE = "chat_template.jinja";
}
