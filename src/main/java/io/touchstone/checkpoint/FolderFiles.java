package io.touchstone.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.family.ModelConfig;
import io.touchstone.checkpoint.safetensors.LfsPointer;
import io.touchstone.checkpoint.safetensors.UnfitFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The small files of a folder, read whole and within bounds. A file may be a link that leads out of
 * the folder, as in Hugging Face's cache; a name never does.
 *
 * @param problems receives whatever is wrong in the folder
 * @param fingerprint receives the files that scores depend on
 * @param opened receives what each file is before it is read
 */
record FolderFiles(Path folder, Problems problems, Fingerprint fingerprint, OpenedFiles opened) {
  /** As a tree in memory, JSON takes up to twenty times its bytes. */
  static final int MAX_JSON_BYTES = 16 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** As Python writes it: with infinities that no JSON has. */
  private static final ObjectMapper PYTHONS_JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  Path path(String name) {
    return folder.resolve(name);
  }

  /** The same, to be read now. */
  Path opening(String name) {
    Path file = path(name);
    opened.opening(file);
    return file;
  }

  boolean has(String name) {
    return Files.exists(path(name));
  }

  /** An object that scores depend on; nothing, which is reported, if it is missing. */
  JsonNode required(String name) {
    if (!has(name)) {
      problems.add(Problem.in(name).expected("a file").found("none"));
    }
    return optional(name);
  }

  /** An object that scores depend on; nothing if it is missing. */
  JsonNode optional(String name) {
    return counted(name, MAX_JSON_BYTES)
        .flatMap(bytes -> object(name, bytes))
        .orElse(MissingNode.getInstance());
  }

  /** An object whose bytes do not count by themselves; nothing if it is missing. */
  JsonNode notCounted(String name) {
    return bytes(name, MAX_JSON_BYTES)
        .flatMap(bytes -> object(name, bytes))
        .orElse(MissingNode.getInstance());
  }

  /** A file that scores depend on. */
  Optional<byte[]> counted(String name, int maxBytes) {
    Optional<byte[]> bytes = bytes(name, maxBytes);
    bytes.ifPresent(read -> fingerprint.file(name, read));
    return bytes;
  }

  Optional<byte[]> bytes(String name, int maxBytes) {
    Path file = opening(name);
    if (!has(name)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      return problems.none(UnfitFile.noFile(Problem.in(name), file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      Optional<String> pointer = LfsPointer.problem(Problem.in(name), file);
      if (pointer.isPresent()) {
        return problems.none(pointer.get());
      }
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        return problems.none(
            Problem.in(name).expected("at most " + maxBytes + " bytes").found("more"));
      }
      return Optional.of(bytes);
    } catch (IOException e) {
      return problems.none(UnfitFile.unreadable(Problem.in(name), e));
    }
  }

  /** The beginning of a file on which nothing depends; empty if it cannot be read. */
  Optional<byte[]> head(String name, int maxBytes) {
    try (InputStream in = Files.newInputStream(path(name))) {
      return Optional.of(in.readNBytes(maxBytes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The first heading of {@code README.md}. */
  Optional<String> heading() {
    return head(RewardSign.README, RewardSign.README_BYTES)
        .flatMap(
            bytes ->
                new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("# "))
                    .findFirst());
  }

  Optional<JsonNode> object(String name, byte[] bytes) {
    try {
      JsonNode root = tree(bytes);
      if (root.isObject()) {
        return Optional.of(root);
      }
      return problems.none(Problem.in(name).expected("a JSON object").found(Fields.shown(root)));
    } catch (IOException e) {
      return problems.none(UnfitFile.notJson(Problem.in(name), e));
    }
  }

  /** Numbers that are none stand only where {@link ModelConfig} says so. */
  private static JsonNode tree(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      Optional<JsonNode> pythons = pythons(bytes).filter(ModelConfig::mayHoldInfinities);
      if (pythons.isPresent()) {
        return pythons.get();
      }
      throw e;
    }
  }

  private static Optional<JsonNode> pythons(byte[] bytes) throws IOException {
    try {
      return Optional.of(PYTHONS_JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
