package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the tokenizer's files and leaves their digests with the fingerprint.
 *
 * <p>A chat template is {@code chat_template.jinja}, line ends as in Python's text files, else
 * {@code chat_template} of {@code tokenizer_config.json}: a text, or of several named ones {@code
 * default}. A folder {@code additional_chat_templates} is ignored.
 */
record TokenizerFilesReader(FolderFiles files, Problems problems) {
  private static final int MAX_TEMPLATE_BYTES = 1 << 20;
  private static final String KEY = "chat_template";
  private static final Problem TEMPLATE = Problem.in(TokenizerFiles.CONFIG).field(KEY);

  TokenizerFiles read() {
    JsonNode config = files.required(TokenizerFiles.CONFIG);
    JsonNode map = files.optional(TokenizerFiles.SPECIAL_TOKENS_MAP);
    return new TokenizerFiles(
        template(config),
        TemplateTokens.byName(config, map, problems),
        AddedTokens.read(files),
        Optional.ofNullable(config.path("tokenizer_class").textValue()));
  }

  private Optional<String> template(JsonNode config) {
    Optional<byte[]> file = files.counted(TokenizerFiles.CHAT_TEMPLATE, MAX_TEMPLATE_BYTES);
    if (file.isPresent()) {
      return text(file.get());
    }
    JsonNode template = config.path(KEY);
    if (template.isMissingNode() || template.isNull()) {
      return Optional.empty();
    }
    JsonNode chosen = template.isTextual() ? template : named(template);
    if (!chosen.isTextual() && !chosen.isMissingNode()) {
      return problems.none(
          TEMPLATE.expected("a text, or named ones").found(Fields.shown(template)));
    }
    if (chosen.asText().length() > MAX_TEMPLATE_BYTES) {
      return problems.none(
          TEMPLATE
              .expected("at most " + MAX_TEMPLATE_BYTES + " characters")
              .found(chosen.asText().length()));
    }
    return Optional.ofNullable(chosen.textValue());
  }

  private static JsonNode named(JsonNode templates) {
    if (templates.isObject()) {
      return templates.path("default");
    }
    JsonNode last = templates.isArray() ? MissingNode.getInstance() : templates;
    for (JsonNode template : templates) {
      if (template.path("name").asText().equals("default")) {
        last = template.path("template");
      }
    }
    return last;
  }

  private Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.replace("\r\n", "\n").replace('\r', '\n'));
    } catch (CharacterCodingException e) {
      return problems.none(
          Problem.in(TokenizerFiles.CHAT_TEMPLATE).expected("UTF-8").found("other bytes"));
    }
  }
}
