package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.transformers.TokenizerFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the chat template as transformers 5.23.0 does: {@code
 * additional_chat_templates/default.jinja}, else {@code chat_template.jinja}, line ends as in
 * Python's text files; if there is neither and no other additional one, {@code chat_template} of
 * {@code tokenizer_config.json}: a text, or of several named ones {@code default}.
 */
record TemplateReader(FolderFiles files, Problems problems) {
  static final String FILE = "chat_template.jinja";
  static final int MAX_BYTES = 1 << 20;

  private static final String ADDITIONAL = "additional_chat_templates";
  private static final String SUFFIX = ".jinja";
  private static final String KEY = "chat_template";
  private static final Problem TEMPLATE = Problem.in(TokenizerFolder.CONFIG).field(KEY);

  /**
   * A template, or why there is none.
   *
   * @param names of templates none of which is the default
   */
  record Found(Optional<String> source, List<String> names) {}

  Found read(JsonNode config) {
    TreeSet<String> names = additional();
    if (names.contains("default")) {
      return new Found(file(ADDITIONAL + "/default" + SUFFIX), List.of());
    }
    if (files.has(FILE)) {
      return new Found(file(FILE), List.of());
    }
    if (!names.isEmpty()) {
      return new Found(Optional.empty(), List.copyOf(names));
    }
    return ofConfig(config.path(KEY));
  }

  private TreeSet<String> additional() {
    TreeSet<String> names = new TreeSet<>();
    Path folder = files.path(ADDITIONAL);
    if (!Files.isDirectory(folder)) {
      return names;
    }
    try (Stream<Path> listing = Files.list(folder)) {
      listing
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .forEach(names::add);
    } catch (IOException e) {
      problems.add(FolderFiles.unreadable(Problem.in(ADDITIONAL), e));
    } catch (UncheckedIOException e) {
      problems.add(
          FolderFiles.unreadable(Problem.in(ADDITIONAL), new IOException(e.getMessage(), e)));
    }
    return names;
  }

  private Found ofConfig(JsonNode template) {
    if (template.isMissingNode() || template.isNull()) {
      return new Found(Optional.empty(), List.of());
    }
    JsonNode chosen = template.isTextual() ? template : named(template);
    if (chosen.isMissingNode() && template.isContainerNode()) {
      return new Found(Optional.empty(), names(template));
    }
    if (!chosen.isTextual()) {
      problems.add(TEMPLATE.expected("a text, or named ones").found(Fields.shown(template)));
    } else if (chosen.asText().length() > MAX_BYTES) {
      problems.add(
          TEMPLATE
              .expected("at most " + MAX_BYTES + " characters")
              .found(chosen.asText().length()));
    }
    return new Found(Optional.ofNullable(chosen.textValue()), List.of());
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

  private static List<String> names(JsonNode templates) {
    TreeSet<String> names = new TreeSet<>();
    templates.fieldNames().forEachRemaining(names::add);
    templates.forEach(
        template -> Optional.ofNullable(template.path("name").textValue()).ifPresent(names::add));
    return List.copyOf(names);
  }

  private Optional<String> file(String name) {
    return files
        .counted(name, MAX_BYTES)
        .flatMap(
            bytes ->
                text(bytes)
                    .or(
                        () ->
                            problems.none(
                                Problem.in(name).expected("UTF-8").found("other bytes"))));
  }

  /** As Python's text files are read; empty if it is no UTF-8. */
  static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.replace("\r\n", "\n").replace('\r', '\n'));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
