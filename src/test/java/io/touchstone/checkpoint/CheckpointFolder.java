package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.SafetensorsWriter.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tiny folder that is sound unless told otherwise: hidden size 8, 2 heads of 4, 1 key-value head,
 * intermediate size 12, 2 layers, 16 tokens, weights in BF16.
 */
public final class CheckpointFolder {
  static final ObjectMapper JSON = new ObjectMapper();

  public final Path path;
  final Map<String, Stored> tensors = new LinkedHashMap<>();
  private final ObjectNode config = JSON.createObjectNode();
  private final Map<String, String> files = new LinkedHashMap<>();
  private int shards = 1;

  private CheckpointFolder(Path path) {
    this.path = path;
  }

  public static CheckpointFolder of(Path path, String architecture) {
    CheckpointFolder folder = new CheckpointFolder(path);
    String family = architecture.replaceAll("For.*", "").toLowerCase(Locale.ROOT);
    folder.files.put(
        "tokenizer.json",
        """
        {"version": "1.0", "added_tokens": [
          {"id": 14, "content": "<|end|>", "special": true},
          {"id": 15, "content": "<tool>", "special": false}],
         "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}
        """);
    folder.files.put(
        "tokenizer_config.json",
        """
        {"bos_token": null, "eos_token": "<|end|>", "chat_template": "{{ messages }}"}
        """);
    folder.set("architectures", "[\"" + architecture + "\"]").set("model_type", '"' + family + '"');
    folder.set("hidden_size", "8").set("intermediate_size", "12").set("vocab_size", "16");
    folder.set("num_hidden_layers", "2").set("num_attention_heads", "2");
    folder.set("num_key_value_heads", "1").set("head_dim", "4");
    folder.set("max_position_embeddings", "4096").set("rms_norm_eps", "1e-05");
    folder.set("rope_theta", "500000.0").set("torch_dtype", "\"bfloat16\"");
    if (family.equals("mistral")) {
      folder.set("sliding_window", "null");
    }
    folder.store("model.embed_tokens.weight", 16, 8);
    for (int layer = 0; layer < 2; layer++) {
      folder.storeLayer("model.layers." + layer + ".", family);
    }
    folder.store("model.norm.weight", 8);
    if (architecture.endsWith("ForCausalLM")) {
      folder.store("lm_head.weight", 16, 8);
    } else {
      folder.set("num_labels", "1").set("pad_token_id", "15").store("score.weight", 1, 8);
    }
    return folder;
  }

  private void storeLayer(String layer, String family) {
    store(layer + "input_layernorm.weight", 8);
    store(layer + "self_attn.q_proj.weight", 8, 8);
    store(layer + "self_attn.k_proj.weight", 4, 8);
    store(layer + "self_attn.v_proj.weight", 4, 8);
    store(layer + "self_attn.o_proj.weight", 8, 8);
    if (family.equals("qwen2")) {
      store(layer + "self_attn.q_proj.bias", 8);
      store(layer + "self_attn.k_proj.bias", 4);
      store(layer + "self_attn.v_proj.bias", 4);
    }
    if (family.equals("qwen3")) {
      store(layer + "self_attn.q_norm.weight", 4);
      store(layer + "self_attn.k_norm.weight", 4);
    }
    store(layer + "post_attention_layernorm.weight", 8);
    store(layer + "mlp.gate_proj.weight", 12, 8);
    store(layer + "mlp.up_proj.weight", 12, 8);
    store(layer + "mlp.down_proj.weight", 8, 12);
  }

  public CheckpointFolder store(String name, long... shape) {
    return store("BF16", name, shape);
  }

  public CheckpointFolder store(String dtype, String name, long... shape) {
    tensors.put(name, Stored.of(name, dtype, shape));
    return this;
  }

  public CheckpointFolder drop(String name) {
    tensors.remove(name);
    return this;
  }

  /** Sets a key of config.json to a JSON value. */
  public CheckpointFolder set(String key, String json) {
    try {
      config.set(key, JSON.readTree(json));
      return this;
    } catch (IOException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  CheckpointFolder unset(String key) {
    config.remove(key);
    return this;
  }

  CheckpointFolder file(String name, String content) {
    files.put(name, content);
    return this;
  }

  CheckpointFolder withoutFile(String name) {
    files.remove(name);
    return this;
  }

  CheckpointFolder shards(int count) {
    shards = count;
    return this;
  }

  /** The name of a shard, from 1. */
  String shard(int number) {
    return String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", number, shards);
  }

  public Path write() throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("config.json"), JSON.writeValueAsString(config));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(path.resolve(file.getKey()), file.getValue());
    }
    if (shards == 1) {
      SafetensorsWriter.write(path.resolve("model.safetensors"), List.copyOf(tensors.values()));
    } else {
      writeShards();
    }
    return path;
  }

  private void writeShards() throws IOException {
    Map<String, List<Stored>> byShard = new TreeMap<>();
    Map<String, String> weightMap = new TreeMap<>();
    int number = 0;
    for (Stored tensor : tensors.values()) {
      String shard = shard(number++ % shards + 1);
      byShard.computeIfAbsent(shard, name -> new ArrayList<>()).add(tensor);
      weightMap.put(tensor.name(), shard);
    }
    for (Map.Entry<String, List<Stored>> shard : byShard.entrySet()) {
      SafetensorsWriter.write(path.resolve(shard.getKey()), shard.getValue());
    }
    writeIndex(weightMap);
  }

  void writeIndex(Map<String, String> weightMap) throws IOException {
    Files.writeString(
        path.resolve("model.safetensors.index.json"),
        JSON.writeValueAsString(Map.of("metadata", Map.of(), "weight_map", weightMap)));
  }
}
