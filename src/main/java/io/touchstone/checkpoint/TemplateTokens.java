package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens that a chat template may name, as transformers 5.23.0 hands them to it: the seven
 * named ones and the model's own ({@code image_token} …), not {@code additional_special_tokens},
 * which that version does not. {@code special_tokens_map.json} stands before {@code
 * tokenizer_config.json}, unless the latter has {@code added_tokens_decoder}: then it counts for
 * nothing. What a tokenizer class has as its default is not known here.
 */
record TemplateTokens(Problems problems, Map<String, String> tokens) {
  private static final List<String> NAMED =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  static Map<String, String> byName(JsonNode config, JsonNode map, Problems problems) {
    TemplateTokens reader = new TemplateTokens(problems, new HashMap<>());
    reader.add(TokenizerFiles.CONFIG, config);
    if (!config.has("added_tokens_decoder")) {
      reader.add(TokenizerFiles.SPECIAL_TOKENS_MAP, map);
    }
    return Map.copyOf(reader.tokens);
  }

  private void add(String file, JsonNode fields) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      String name = field.getKey();
      Optional<String> text = text(field.getValue());
      if (NAMED.contains(name)) {
        text.ifPresentOrElse(token -> tokens.put(name, token), () -> tokens.remove(name));
        if (text.isEmpty() && !field.getValue().isNull()) {
          problems.add(
              Problem.in(file)
                  .field(name)
                  .expected("a text or an object with content")
                  .found(Fields.shown(field.getValue())));
        }
      } else if (name.endsWith("_token")) {
        text.ifPresent(token -> tokens.put(name, token));
      }
    }
    for (String group : List.of("extra_special_tokens", "model_specific_special_tokens")) {
      if (fields.path(group).isObject()) {
        fields
            .path(group)
            .properties()
            .forEach(
                own -> text(own.getValue()).ifPresent(token -> tokens.put(own.getKey(), token)));
      }
    }
  }

  private static Optional<String> text(JsonNode token) {
    return Optional.ofNullable((token.isObject() ? token.path("content") : token).textValue());
  }
}
