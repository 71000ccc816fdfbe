package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.safetensors.UnfitFile;
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
 * {@code tokenizer_config.json}: a text, or of several named ones {@code default}. Beside a named
 * one {@code tool_use} is for conversations with tools ({@code get_chat_template}).
 */
record TemplateReader(FolderFiles files, Problems problems) {
  static final String FILE = "chat_template.jinja";
  static final int MAX_BYTES = 1 << 20;

  private static final String ADDITIONAL = "additional_chat_templates";
  private static final String SUFFIX = ".jinja";
  private static final String KEY = "chat_template";
  private static final String DEFAULT = "default";
  private static final String TOOL_USE = "tool_use";
  private static final Problem TEMPLATE = Problem.in(TokenizerFolder.CONFIG).field(KEY);

  /**
   * A template, or why there is none.
   *
   * @param toolUse the template of conversations with tools; empty where they have none of their
   *     own
   * @param names of templates none of which is the default
   */
  record Found(Optional<String> source, Optional<String> toolUse, List<String> names) {

    static Found of(Optional<String> source, Optional<String> toolUse) {
      return new Found(source, toolUse, List.of());
    }

    static Found onlyOthers(List<String> names) {
      return new Found(Optional.empty(), Optional.empty(), names);
    }
  }

  Found read(JsonNode config) {
    TreeSet<String> names = additional();
    boolean named = names.contains(DEFAULT);
    if (named || files.has(FILE)) {
      return Found.of(
          file(named ? additional(DEFAULT) : FILE),
          names.contains(TOOL_USE) ? file(additional(TOOL_USE)) : Optional.empty());
    }
    if (!names.isEmpty()) {
      return Found.onlyOthers(List.copyOf(names));
    }
    return ofConfig(config.path(KEY));
  }

  private static String additional(String name) {
    return ADDITIONAL + "/" + name + SUFFIX;
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
      problems.add(UnfitFile.unreadable(Problem.in(ADDITIONAL), e));
    } catch (UncheckedIOException e) {
      problems.add(
          UnfitFile.unreadable(Problem.in(ADDITIONAL), new IOException(e.getMessage(), e)));
    }
    return names;
  }

  private Found ofConfig(JsonNode template) {
    if (template.isMissingNode() || template.isNull()) {
      return Found.of(Optional.empty(), Optional.empty());
    }
    JsonNode chosen = template.isTextual() ? template : named(DEFAULT, template);
    if (chosen.isMissingNode() && template.isContainerNode()) {
      return Found.onlyOthers(names(template));
    }
    JsonNode toolUse =
        template.isContainerNode() ? named(TOOL_USE, template) : MissingNode.getInstance();
    return Found.of(text(chosen), toolUse.isMissingNode() ? Optional.empty() : text(toolUse));
  }

  private Optional<String> text(JsonNode template) {
    if (!template.isTextual()) {
      problems.add(TEMPLATE.expected("a text, or named ones").found(Fields.shown(template)));
    } else if (template.asText().length() > MAX_BYTES) {
      problems.add(
          TEMPLATE
              .expected("at most " + MAX_BYTES + " characters")
              .found(template.asText().length()));
    }
    return Optional.ofNullable(template.textValue());
  }

  private static JsonNode named(String name, JsonNode templates) {
    if (templates.isObject()) {
      return templates.path(name);
    }
    JsonNode last = templates.isArray() ? MissingNode.getInstance() : templates;
    for (JsonNode template : templates) {
      if (template.path("name").asText().equals(name)) {
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
