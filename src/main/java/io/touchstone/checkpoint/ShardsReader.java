package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.safetensors.Shard;
import io.touchstone.checkpoint.safetensors.ShardReader;
import io.touchstone.checkpoint.safetensors.Shards;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds and opens the safetensors files: the single one if it is there, else those of the index.
 *
 * @param head of the model's class, if it is known
 */
record ShardsReader(FolderFiles files, Optional<HeadClass> head, Problems problems) {
  private static final Pattern SHARD_NAME =
      Pattern.compile("[\\p{Graph}&&[^/\\\\:]]{1,200}\\.safetensors");

  private static final Problem HERE = Problem.in(Shards.INDEX);

  /** Empty when it cannot be told which tensors there are. */
  Optional<Shards> read() {
    if (files.has(Shards.SINGLE)) {
      return ShardReader.read(files.opening(Shards.SINGLE), problems)
          .map(shard -> new Shards(Shards.SINGLE, List.of(shard), Set.of()));
    }
    if (files.has(Shards.INDEX)) {
      return files
          .bytes(Shards.INDEX, FolderFiles.MAX_JSON_BYTES)
          .flatMap(bytes -> files.object(Shards.INDEX, bytes))
          .flatMap(this::tensorsByFile)
          .map(this::open);
    }
    return problems.none(
        Problem.in(Shards.SINGLE).expected("this file or " + Shards.INDEX).found(otherWeights()));
  }

  private Optional<SortedMap<String, Set<String>>> tensorsByFile(JsonNode index) {
    JsonNode weightMap = index.path("weight_map");
    if (!weightMap.isObject() || weightMap.isEmpty()) {
      return problems.none(
          HERE.field("weight_map")
              .expected("an object of tensor and file names")
              .found(Fields.shown(weightMap)));
    }
    SortedMap<String, Set<String>> byFile = new TreeMap<>();
    Set<String> outside = new HashSet<>();
    List<String> strays = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
      String file = entry.getValue().isTextual() ? entry.getValue().asText() : "";
      if (SHARD_NAME.matcher(file).matches()) {
        byFile.computeIfAbsent(file, name -> new HashSet<>()).add(entry.getKey());
      } else if (outside.add(file)) {
        strays.add(
            HERE.field("weight_map of tensor " + Problem.shown(entry.getKey()))
                .expected("the name of a .safetensors file in this folder")
                .found(Fields.shown(entry.getValue())));
      }
    }
    problems.addSome("file names outside the folder", strays);
    return outside.isEmpty() ? Optional.of(byFile) : Optional.empty();
  }

  private Shards open(SortedMap<String, Set<String>> tensorsByFile) {
    List<Shard> readable = new ArrayList<>();
    Set<String> unread = new HashSet<>();
    tensorsByFile.forEach(
        (file, tensors) ->
            ShardReader.read(files.opening(file), problems)
                .ifPresentOrElse(readable::add, () -> unread.addAll(tensors)));
    compare(readable, tensorsByFile);
    return new Shards(Shards.INDEX, readable, unread);
  }

  private void compare(List<Shard> shards, SortedMap<String, Set<String>> tensorsByFile) {
    List<String> lacking = new ArrayList<>();
    List<String> unlisted = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (Shard shard : shards) {
      Set<String> listed = tensorsByFile.getOrDefault(shard.name(), Set.of());
      for (String tensor : new TreeSet<>(listed)) {
        if (!shard.entries().containsKey(tensor)) {
          lacking.add(shard.at(tensor).expected("as " + Shards.INDEX + " says").found("none"));
        }
      }
      for (String tensor : shard.entries().keySet()) {
        String first = seen.putIfAbsent(tensor, shard.name());
        if (first != null) {
          twice.add(shard.at(tensor).expected("in one file").found("also in " + first));
        } else if (!listed.contains(tensor)) {
          unlisted.add(
              shard
                  .at(tensor)
                  .expected("only what " + Shards.INDEX + " says of this file")
                  .found("a tensor more"));
        }
      }
    }
    problems.addSome("tensors that shards lack", lacking);
    problems.addSome("tensors that the index lacks", unlisted);
    problems.addSome("tensors in two shards", twice);
  }

  private String bin() {
    return "; of a folder that you trust two lines of Python make one:\n"
        + twoLines().formatted(files.folder()).indent(4).stripTrailing();
  }

  private String twoLines() {
    if (head.map(HeadClass::isOfItsOwn).orElse(false)) {
      // transformers would leave such a head out, and write a random one of its own.
      return """
          import glob, torch; from safetensors.torch import save_file
          save_file({k: v.contiguous().clone() for f in glob.glob("%1$s/pytorch_model*.bin") for k, v in torch.load(f, "cpu").items()}, "%1$s/model.safetensors")""";
    }
    boolean causal = head.equals(Optional.of(HeadClass.LOGITS));
    return """
        from transformers import AutoModelForKIND as Model
        Model.from_pretrained("%1$s", dtype="auto").save_pretrained("%1$s")"""
        .replace("KIND", causal ? "CausalLM" : "SequenceClassification");
  }

  private String otherWeights() {
    return OtherWeights.in(files.folder())
        .map(found -> OtherWeights.arePickled(found) ? found + bin() : found)
        .orElse("neither");
  }
}
