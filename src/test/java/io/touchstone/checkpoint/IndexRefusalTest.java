package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.checkpoint.SafetensorsWriter.Stored;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes that say something else than the folder. */
final class IndexRefusalTest {
  private static final String NORM = "model.norm.weight";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../model-00001-of-00002.safetensors",
        "/tmp/model-00001-of-00002.safetensors",
        "sub/model-00001-of-00002.safetensors",
        "C:model.safetensors",
        "..\\model.safetensors",
        "..",
        "",
        "config.json"
      })
  void refusesFilesOutsideTheFolder(String file) throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM").shards(2);
    made.write();
    made.writeIndex(new TreeMap<>(Map.of("lm_head.weight", file, NORM, file)));
    assertThat(problems())
        .containsExactly(
            "[model.safetensors.index.json] weight_map of tensor lm_head.weight: expected the name"
                + " of a .safetensors file in this folder, found \""
                + file
                + "\"");
  }

  @Test
  void refusesAnIndexWithoutAMap() throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM").shards(2).write();
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {}}");
    assertThat(problems())
        .containsExactly(
            "[model.safetensors.index.json] weight_map: expected an object of tensor and file"
                + " names, found an object");
    Files.writeString(index, "{\"weight_map\": {\"a\": 3}}");
    assertThat(problems())
        .containsExactly(
            "[model.safetensors.index.json] weight_map of tensor a: expected the name of a"
                + " .safetensors file in this folder, found 3");
  }

  @Test
  void namesAMissingShardOnceAndNotEachOfItsTensors() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM").shards(2);
    made.write();
    Files.delete(folder.resolve(made.shard(2)));
    assertThat(problems())
        .containsExactly("[model-00002-of-00002.safetensors] expected a file, found none");
  }

  @Test
  void namesATruncatedShard() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM").shards(2);
    made.write();
    Path shard = folder.resolve(made.shard(1));
    long bytes = Files.size(shard);
    Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), (int) bytes - 8));
    assertThat(problems())
        .containsExactly(
            "[model-00001-of-00002.safetensors] expected %d bytes, as its header says, found %d (truncated)"
                .formatted(bytes, bytes - 8));
  }

  @Test
  void refusesTensorsThatAShardLacks() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM").shards(2);
    made.write();
    rewrite(made, made.shard(1), shard(made, 1).stream().filter(t -> !named(t, NORM)).toList());
    rewrite(made, made.shard(2), shard(made, 2).stream().filter(t -> !named(t, NORM)).toList());
    String shard = shard(made, 1).stream().anyMatch(t -> named(t, NORM)) ? "1" : "2";
    assertThat(problems())
        .containsExactly(
            "[model-0000%s-of-00002.safetensors] tensor model.norm.weight: expected as model.safetensors.index.json says, found none"
                .formatted(shard),
            "[model.safetensors.index.json] tensor model.norm.weight: expected shape [8], found"
                + " none");
  }

  @Test
  void refusesTensorsThatTheIndexLacks() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM").shards(2);
    made.write();
    List<Stored> more = new ArrayList<>(shard(made, 2));
    more.add(Stored.of("extra.rotary_emb.inv_freq", "F32", 2));
    rewrite(made, made.shard(2), more);
    assertThat(problems())
        .containsExactly(
            "[model-00002-of-00002.safetensors] tensor extra.rotary_emb.inv_freq: expected only"
                + " what model.safetensors.index.json says of this file, found a tensor more");
  }

  @Test
  void refusesATensorInTwoShards() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM").shards(2);
    made.write();
    List<Stored> more = new ArrayList<>(shard(made, 2));
    more.add(shard(made, 1).get(0));
    rewrite(made, made.shard(2), more);
    assertThat(problems())
        .containsExactly(
            "[model-00002-of-00002.safetensors] tensor model.embed_tokens.weight: expected in one"
                + " file, found also in model-00001-of-00002.safetensors");
  }

  @Test
  void neverOpensWhatLiesOutside() throws IOException {
    Path inner = folder.resolve("inner");
    CheckpointFolder made = CheckpointFolder.of(inner, "LlamaForCausalLM").shards(2);
    made.write();
    Files.writeString(folder.resolve("secret.safetensors"), "not weights");
    made.writeIndex(Map.of(NORM, "../secret.safetensors"));
    Refused refused = catchThrowableOfType(Refused.class, () -> Checkpoint.open(inner));
    assertThat(refused.problems()).hasSize(1);
    assertThat(refused).hasMessageContaining("weight_map of tensor " + NORM);
  }

  private static boolean named(Stored tensor, String name) {
    return tensor.name().equals(name);
  }

  /** What the fixture wrote into a shard: every other tensor. */
  private static List<Stored> shard(CheckpointFolder made, int number) {
    List<Stored> all = List.copyOf(made.tensors.values());
    List<Stored> shard = new ArrayList<>();
    for (int i = number - 1; i < all.size(); i += 2) {
      shard.add(all.get(i));
    }
    return shard;
  }

  private static void rewrite(CheckpointFolder made, String shard, List<Stored> tensors)
      throws IOException {
    SafetensorsWriter.write(made.path.resolve(shard), tensors);
  }

  private List<String> problems() {
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(folder)).problems();
  }
}
