package io.touchstone.tokenizer.transformers;

import java.util.Map;

/**
 * What is to be known of a model's vocabulary.
 *
 * @param size how many texts it has
 * @param ids of those texts that were asked for
 */
record Vocabulary(int size, Map<String, Integer> ids) {
  Vocabulary {
    ids = Map.copyOf(ids);
  }

  boolean has(AddedToken token) {
    return ids.containsKey(token.content());
  }
}
