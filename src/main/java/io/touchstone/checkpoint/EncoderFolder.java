package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.encoder.EncoderClasses;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.safetensors.Shards;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.checkpoint.safetensors.UnfitFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import io.touchstone.tokenizer.transformers.TokenizerFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the folder of an encoder, on past every problem, and then fails with all of them. */
record EncoderFolder(FolderFiles files, Checkpoint.Reading reading, Problems problems) {
  private static final String CONFIG = "config.json";

  /** Tokenizer classes of transformers that name the text that a token is of. */
  private static final Set<String> WITH_TYPES = Set.of("BertTokenizer", "DebertaV2Tokenizer");

  private static final Set<String> TYPES_OF_MODELS = Set.of("bert", "deberta-v2");

  /**
   * Of these transformers 4 named that text, and 5 does not: they take {@code tokenizer.json} as it
   * stands.
   */
  private static final Set<String> PLAIN = Set.of("PreTrainedTokenizer", "TokenizersBackend", "");

  /** A tokenizer without a limit says so with a number that no row reaches. */
  private static final int NO_LIMIT = 1_000_000;

  /**
   * @param model {@code config.json}
   */
  Checkpoint.Contents read(JsonNode model) {
    Problems ofConfig = new Problems();
    Fields fields = Fields.of(model, Problem.in(CONFIG), ofConfig);
    Optional<EncoderConfig> config = EncoderClasses.read(fields, this::base);
    problems.addAll(ofConfig.found());
    if (reading.base().isPresent() && model.hasNonNull("architectures")) {
      problems.add(
          Problem.at("--base")
              .expected("an adapter, or a classifier whose config.json names a base_model")
              .found(Problem.shown(model.path("architectures").path(0).asText())));
    }
    if (reading.scale() == RewardScale.NORMALIZED) {
      problems.add(
          Problem.at("--normalize-reward")
              .expected("a model with config.json's mean and std")
              .found("an encoder"));
    }
    Optional<Shards> shards = shards();
    boolean sized = config.isPresent() && ofConfig.isEmpty();
    Map<String, Tensor> tensors =
        sized && shards.isPresent()
            ? Collections.unmodifiableMap(
                new Weights(shards.get(), config.get(), problems).select())
            : Map.of();
    TokenizerFiles tokenizer =
        new TokenizerFilesReader(files, reading.tokenizer(), problems).read(model);
    if (config.isEmpty() || tokenizer.made().isEmpty() || !problems.isEmpty()) {
      throw Refused.in(files.folder(), problems.found());
    }
    JsonNode ofTokenizer = files.notCounted(TokenizerFolder.CONFIG);
    return new Checkpoint.Contents(
        new ModelKind.Encodes(
            config.get(), namesTexts(ofTokenizer, model), tokenizerLimit(ofTokenizer)),
        new RewardHead.Classifier(
            config.get().head().outputs(), config.get().head().labelNames(), OptionalInt.empty()),
        tensors,
        tokenizer.made().get(),
        reading.chatTemplate(),
        Optional.empty(),
        List.of(),
        Optional.of(CONFIG),
        hash(tensors),
        files.opened(),
        Optional.empty());
  }

  private Optional<Shards> shards() {
    return new ShardsReader(files, Optional.of(HeadClass.SCORE), problems).read();
  }

  /** The configuration of a base that is a folder; the user's comes first. */
  private Optional<JsonNode> base(String name) {
    if (reading.base().isPresent()) {
      return Optional.of(configOf(reading.base().get()));
    }
    try {
      Path beside = files.folder().resolve(name).normalize();
      return Files.isDirectory(beside) ? Optional.of(configOf(beside)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private JsonNode configOf(Path folder) {
    return new FolderFiles(folder, problems, files.fingerprint(), files.opened()).required(CONFIG);
  }

  /**
   * Whether the model is told of a pair's tokens which text they are of: only if the tokenizer says
   * so.
   */
  private boolean namesTexts(JsonNode ofTokenizer, JsonNode model) {
    JsonNode inputs = ofTokenizer.path("model_input_names");
    if (inputs.isArray()) {
      for (JsonNode input : inputs) {
        if (input.asText().equals("token_type_ids")) {
          return true;
        }
      }
      return false;
    }
    String named = ofTokenizer.path("tokenizer_class").asText("").replaceFirst("Fast$", "");
    if (named.isEmpty() && TYPES_OF_MODELS.contains(model.path("model_type").asText())) {
      return true;
    }
    return WITH_TYPES.contains(named)
        || PLAIN.contains(named) && reading.tokenizer() == TokenizerChoice.FILE;
  }

  private static OptionalInt tokenizerLimit(JsonNode ofTokenizer) {
    JsonNode limit = ofTokenizer.path("model_max_length");
    return limit.isIntegralNumber() && limit.canConvertToInt() && limit.intValue() < NO_LIMIT
        ? OptionalInt.of(limit.intValue())
        : OptionalInt.empty();
  }

  private String hash(Map<String, Tensor> tensors) {
    try {
      return files.fingerprint().of(tensors.values());
    } catch (IOException e) {
      throw Refused.in(files.folder(), List.of(UnfitFile.unreadable(Problem.in(Shards.SINGLE), e)));
    }
  }
}
