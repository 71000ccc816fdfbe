package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.encoder.EncoderClasses;
import io.touchstone.checkpoint.family.ModelConfig;
import io.touchstone.checkpoint.safetensors.Shards;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.checkpoint.safetensors.UnfitFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.tokenizer.transformers.MadeTokenizer;
import io.touchstone.tokenizer.transformers.TokenizerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a whole folder, on past every problem, and then fails with all of them. */
final class FolderReader {
  private static final String CONFIG = "config.json";

  private final Path folder;
  private final Problems problems = new Problems();
  private final FolderFiles files;

  private final Checkpoint.Reading reading;

  FolderReader(Path folder, Checkpoint.Reading reading) {
    this.folder = folder;
    this.reading = reading;
    this.files = new FolderFiles(folder, problems, new Fingerprint(), new OpenedFiles());
  }

  Checkpoint.Contents read() {
    Problem here = Problem.in(Problem.shown(String.valueOf(folder.getFileName())));
    if (!Files.isDirectory(folder)) {
      problems.add(
          here.expected("a folder with config.json, safetensors and tokenizer.json")
              .found(
                  Files.exists(folder)
                      ? OtherWeights.of(folder).orElse("a file")
                      : "nothing" + HubFolder.download(folder)));
      throw Refused.in(folder, problems.found());
    }
    Optional<String> other = OtherWeights.wholeIn(folder).filter(any -> !files.has(CONFIG));
    if (other.isPresent()) {
      problems.add(
          here.expected("a folder with config.json, safetensors and tokenizer.json")
              .found(other.get()));
      throw Refused.in(folder, problems.found());
    }
    Optional<String> snapshot = HubFolder.snapshot(folder);
    if (snapshot.isPresent()) {
      problems.add(
          here.expected("the folder of one revision")
              .found("the outer one of a hub cache; take " + snapshot.get()));
      throw Refused.in(folder, problems.found());
    }
    if (files.has(AdapterReader.CONFIG)) {
      if (!files.has(Shards.SINGLE) && !files.has(Shards.INDEX)) {
        return adapted();
      }
      problems.add(
          Problem.in(AdapterReader.CONFIG)
              .expected("an adapter merged into the weights, or in a folder of its own")
              .found("one beside them"));
    }
    JsonNode model = model(files);
    if (EncoderClasses.know(model)) {
      return new EncoderFolder(files, reading, problems).read(model);
    }
    if (reading.base().isPresent()) {
      problems.add(
          Problem.at("--base")
              .expected("a model whose folder has " + AdapterReader.CONFIG)
              .found("one without"));
    }
    Optional<ModelConfig> config = config(model, problems);
    Map<String, Tensor> tensors = tensors(files, config, problems);
    TokenizerFiles tokenizer = tokenizer(files, model);
    return contents(model, config, tensors, tokenizer, Optional.empty());
  }

  /** An adapter's folder, and that of the model under it. */
  private Checkpoint.Contents adapted() {
    Adapter adapter =
        new AdapterReader(files, reading.base(), problems)
            .read()
            .orElseThrow(() -> Refused.in(folder, problems.found()));
    Problems ofBase = new Problems();
    FolderFiles base = new FolderFiles(adapter.base(), ofBase, files.fingerprint(), files.opened());
    AdaptedModel model = new AdaptedModel(adapter, AdapterWeights.open(files, adapter, problems));
    JsonNode under = model(base);
    Optional<ModelConfig> ofUnder = config(under, ofBase);
    Map<String, Tensor> stored = tensors(base, ofUnder, ofBase);
    // Which class transformers takes for a tokenizer depends on the config.json beside it.
    TokenizerFiles tokenizer =
        files.has(TokenizerFile.NAME)
            ? tokenizer(files, files.notCounted(CONFIG))
            : tokenizer(base, under);
    ofBase
        .found()
        .forEach(problem -> problems.add("base model " + adapter.base() + ": " + problem));
    if (ofUnder.map(read -> read.decoder().hybrid().isPresent()).orElse(false)) {
      problems.add(
          Problem.in(AdapterReader.CONFIG)
              .field("base_model_name_or_path")
              .expected("a model whose layers are alike, or the adapter merged into the weights")
              .found(ofUnder.get().architecture().name()));
    }
    if (ofUnder.isEmpty() || !problems.isEmpty()) {
      throw Refused.in(folder, problems.found());
    }
    JsonNode whole = model.config(under, tokenizer.made());
    Optional<ModelConfig> config = problems.isEmpty() ? config(whole, problems) : Optional.empty();
    Map<String, Tensor> tensors = config.map(read -> model.tensors(stored, read)).orElse(Map.of());
    return contents(whole, config, tensors, tokenizer, Optional.of(adapter));
  }

  /** With what ModelOpt says of the weights in a file of its own. */
  private static JsonNode model(FolderFiles from) {
    JsonNode model = from.required(CONFIG);
    return model instanceof ObjectNode object
            && !object.hasNonNull(ModelOpt.KEY)
            && from.has(ModelOpt.FILE)
        ? ModelOpt.with(object, from.optional(ModelOpt.FILE))
        : model;
  }

  private Optional<ModelConfig> config(JsonNode model, Problems found) {
    return Optional.of(model)
        .filter(JsonNode::isObject)
        .flatMap(json -> ModelConfig.read(Fields.of(json, Problem.in(CONFIG), found)));
  }

  private TokenizerFiles tokenizer(FolderFiles from, JsonNode model) {
    return new TokenizerFilesReader(from, reading.tokenizer(), problems).read(model);
  }

  private Checkpoint.Contents contents(
      JsonNode model,
      Optional<ModelConfig> config,
      Map<String, Tensor> tensors,
      TokenizerFiles tokenizer,
      Optional<Adapter> adapter) {
    if (config.map(ModelConfig::isCausal).orElse(false)) {
      NotScalar.find(folder, files, reading.judgedBy()).ifPresent(problems::add);
    }
    config.flatMap(ModelConfig::classifier).ifPresentOrElse(this::scale, this::noScale);
    if (config.isEmpty() || tokenizer.made().isEmpty() || !problems.isEmpty()) {
      throw Refused.in(folder, problems.found());
    }
    Optional<String> template = reading.chatTemplate().or(tokenizer::chatTemplate);
    Optional<String> toolTemplate =
        reading.chatTemplate().isPresent() ? Optional.empty() : tokenizer.toolTemplate();
    countSteps(config.get());
    countPrompt(template.orElse("") + toolTemplate.orElse(""), tokenizer.made().get());
    return new Checkpoint.Contents(
        new ModelKind.Decodes(config.get()),
        head(config.get(), tensors),
        tensors,
        tokenizer.made().get(),
        template,
        toolTemplate,
        tokenizer.templateNames(),
        RewardSign.find(model, files),
        hash(tensors),
        files.opened(),
        adapter);
  }

  /** What prompts depend on besides the folder's files. */
  private void countPrompt(String templates, MadeTokenizer tokenizer) {
    reading.chatTemplate().ifPresent(text -> count("another chat template", text));
    String ofClass =
        tokenizer.unsaid().stream()
            .filter(name -> templates.contains(name))
            .sorted()
            .map(name -> name + " " + tokenizer.templateTokens().get(name) + "\n")
            .collect(Collectors.joining());
    if (!ofClass.isEmpty()) {
      count("the class's tokens in the template", ofClass);
    }
  }

  private void count(String name, String text) {
    files.fingerprint().file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Steps as published are what a fingerprint without them stands for. */
  private void countSteps(ModelConfig config) {
    if (config.decoder().hybrid().isPresent() && reading.mambaSteps() != MambaSteps.PUBLISHED) {
      count("the steps of Mamba layers", reading.mambaSteps().word());
    }
  }

  private void scale(RewardHead.Classifier head) {
    if (reading.scale() == RewardScale.NORMALIZED) {
      files.fingerprint().file("the scale", "normalized".getBytes(StandardCharsets.UTF_8));
      if (head.normalization().isEmpty()) {
        noScale();
      }
    }
  }

  private void noScale() {
    if (reading.scale() == RewardScale.NORMALIZED) {
      problems.add(
          Problem.in(CONFIG)
              .field("mean, std")
              .expected(
                  "numbers of a model with one output, as OpenRLHF writes them, to normalise by")
              .found("none"));
    }
  }

  private static Map<String, Tensor> tensors(
      FolderFiles from, Optional<ModelConfig> config, Problems found) {
    Optional<HeadClass> head = config.map(read -> read.architecture().head());
    Optional<Shards> shards = new ShardsReader(from, head, found).read();
    if (shards.isEmpty() || config.isEmpty() || !config.get().tensorsKnown()) {
      return Map.of();
    }
    return Collections.unmodifiableMap(new Weights(shards.get(), config.get(), found).select());
  }

  private static RewardHead head(ModelConfig config, Map<String, Tensor> tensors) {
    if (config.classifier().isPresent()) {
      return config.classifier().get();
    }
    return new RewardHead.TokenLogit(
        tensors.containsKey(ExpectedTensors.LM_HEAD)
            ? ExpectedTensors.LM_HEAD
            : config.decoder().names().embeddings());
  }

  private String hash(Map<String, Tensor> tensors) {
    try {
      return files.fingerprint().of(tensors.values());
    } catch (IOException e) {
      throw Refused.in(folder, List.of(UnfitFile.unreadable(Problem.in(Shards.SINGLE), e)));
    }
  }
}
