package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.Optional;

/**
 * A text that becomes one token before the vocabulary's own rules are asked, and the flags of
 * Hugging Face's tokenizers library for it.
 *
 * @param explicitlyNormalized empty where nobody said: then it is what {@code special} is not
 */
record AddedToken(
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    Optional<Boolean> explicitlyNormalized,
    boolean special) {

  /** What transformers makes of a mere text that stands for a special token. */
  static AddedToken named(String content) {
    return new AddedToken(content, false, false, false, Optional.empty(), true);
  }

  boolean normalized() {
    return explicitlyNormalized.orElse(!special);
  }

  AddedToken asSpecial() {
    return new AddedToken(content, singleWord, lstrip, rstrip, explicitlyNormalized, true);
  }

  /** The same for the library, but left out of texts with the special ones. */
  AddedToken keptSpecial() {
    return new AddedToken(content, singleWord, lstrip, rstrip, Optional.of(normalized()), true);
  }

  /** Whether the library finds the same places for both in every text. */
  boolean matchesAs(AddedToken other) {
    return content.equals(other.content)
        && singleWord == other.singleWord
        && lstrip == other.lstrip
        && rstrip == other.rstrip
        && normalized() == other.normalized();
  }

  /** As {@code AddedToken(**object)} reads it: a flag that is missing is false. */
  static Optional<AddedToken> read(JsonNode object, Problem at, Problems problems) {
    JsonNode content = object.path("content");
    if (!content.isTextual()) {
      return problems.none(
          at.expected("a text or an object with content").found(JsonValue.shown(object)));
    }
    for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized", "special"}) {
      if (object.has(flag) && !object.path(flag).isBoolean()) {
        return problems.none(
            at.expected("true or false for " + flag).found(JsonValue.shown(object.path(flag))));
      }
    }
    return Optional.of(
        new AddedToken(
            content.textValue(),
            object.path("single_word").booleanValue(),
            object.path("lstrip").booleanValue(),
            object.path("rstrip").booleanValue(),
            object.has("normalized")
                ? Optional.of(object.path("normalized").booleanValue())
                : Optional.empty(),
            object.path("special").booleanValue()));
  }

  /** As it stands in a {@code tokenizer.json}, where the library counts the ids anew. */
  ObjectNode json(int id) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("content", content)
        .put("single_word", singleWord)
        .put("lstrip", lstrip)
        .put("rstrip", rstrip)
        .put("normalized", normalized())
        .put("special", special);
  }
}
