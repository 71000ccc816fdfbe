package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.safetensors.LfsPointer;
import io.touchstone.checkpoint.safetensors.UnfitFile;
import io.touchstone.digest.Sha256;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.transformers.MadeTokenizer;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import io.touchstone.tokenizer.transformers.TokenizerFile;
import io.touchstone.tokenizer.transformers.TokenizerFileReader;
import io.touchstone.tokenizer.transformers.TokenizerFolder;
import io.touchstone.tokenizer.transformers.TokenizerMaker;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Reads the tokenizer's files and leaves their digests with the fingerprint. */
record TokenizerFilesReader(FolderFiles files, TokenizerChoice choice, Problems problems) {
  private static final long MAX_BYTES = 256L << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * @param model {@code config.json}
   */
  TokenizerFiles read(JsonNode model) {
    JsonNode config = files.required(TokenizerFolder.CONFIG);
    JsonNode map = files.optional(TokenizerFolder.SPECIAL_TOKENS_MAP);
    TokenizerFolder folder =
        new TokenizerFolder(model, config, map, files.notCounted(TokenizerFolder.ADDED_TOKENS));
    TemplateReader.Found template = new TemplateReader(files, problems).read(config);
    Optional<MadeTokenizer> made =
        tokenizerFile(folder.texts()).flatMap(file -> make(folder, file));
    made.flatMap(MadeTokenizer::identity)
        .ifPresent(identity -> files.fingerprint().file("the tokenizer made", identity));
    return new TokenizerFiles(template.source(), template.toolUse(), template.names(), made);
  }

  private Optional<TokenizerFile> tokenizerFile(Set<String> texts) {
    Path path = files.opening(TokenizerFile.NAME);
    if (!Files.isRegularFile(path)) {
      return problems.none(UnfitFile.noFile(TokenizerFileReader.HERE, path) + wayOn());
    }
    MessageDigest digest = Sha256.begin();
    try (InputStream in =
        new BufferedInputStream(
            new DigestInputStream(Files.newInputStream(path), digest), BUFFER_BYTES)) {
      Optional<String> pointer = LfsPointer.problem(TokenizerFileReader.HERE, path);
      if (pointer.isPresent()) {
        return problems.none(pointer.get());
      }
      long bytes = Files.size(path);
      if (bytes > MAX_BYTES) {
        return problems.none(
            TokenizerFileReader.HERE.expected("at most " + MAX_BYTES + " bytes").found(bytes));
      }
      Optional<TokenizerFile> file = TokenizerFileReader.read(path, in, texts, problems);
      in.transferTo(OutputStream.nullOutputStream());
      files.fingerprint().file(TokenizerFile.NAME, digest);
      return file;
    } catch (IOException e) {
      return problems.none(UnfitFile.notJson(TokenizerFileReader.HERE, e));
    }
  }

  /** Of the forms that transformers can convert. */
  private String wayOn() {
    String other =
        files.has("tokenizer.model")
            ? "tokenizer.model"
            : files.has("vocab.json") && files.has("merges.txt") ? "vocab.json and merges.txt" : "";
    return other.isEmpty()
        ? ""
        : ", but "
            + other
            + "; two lines of Python make it:\n"
            + "    from transformers import AutoTokenizer\n"
            + "    AutoTokenizer.from_pretrained(\"%1$s\").save_pretrained(\"%1$s\")"
                .formatted(files.folder());
  }

  private Optional<MadeTokenizer> make(TokenizerFolder folder, TokenizerFile file) {
    try {
      return Optional.of(TokenizerMaker.make(folder, file, choice, problems));
    } catch (IOException e) {
      return problems.none(UnfitFile.notJson(TokenizerFileReader.HERE, e));
    }
  }
}
