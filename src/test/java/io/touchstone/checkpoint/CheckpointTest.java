package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.HeadNorms;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LlamaForCausalLM",
        "LlamaForSequenceClassification",
        "MistralForCausalLM",
        "MistralForSequenceClassification",
        "Qwen2ForCausalLM",
        "Qwen2ForSequenceClassification",
        "Qwen3ForCausalLM",
        "Qwen3ForSequenceClassification"
      })
  void opensEverySupportedArchitecture(String architecture) throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, architecture);
    Checkpoint checkpoint = Checkpoint.open(made.write());
    assertThat(checkpoint.architecture()).isEqualTo(architecture);
    assertThat(checkpoint.tensors()).containsOnlyKeys(made.tensors.keySet());
    assertThat(checkpoint.decoder().maxPositionEmbeddings()).isEqualTo(4096);
    assertThat(checkpoint.folder()).isEqualTo(folder);
  }

  @Test
  void describesTheDecoder() throws IOException {
    Path made =
        CheckpointFolder.of(folder, "Qwen3ForCausalLM").set("rope_theta", "1000000").write();
    assertThat(Checkpoint.open(made).decoder())
        .isEqualTo(
            headNormed(
                DecoderConfig.of(
                    new DecoderSizes(8, 12, 2, 2, 1, 4, 16, 4096),
                    false,
                    1e-5,
                    new Rotary.Default(1e6))));
  }

  private static DecoderConfig headNormed(DecoderConfig decoder) {
    return decoder.with(decoder.attention().with(HeadNorms.of(HeadNorms.Extent.HEAD)));
  }

  @ParameterizedTest
  @CsvSource({
    "LlamaForCausalLM, q_proj k_proj v_proj o_proj",
    "Qwen3ForCausalLM, q_proj k_proj v_proj o_proj",
  })
  void expectsABiasOfEachProjectionWithAttentionBias(String architecture, String projections)
      throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, architecture).set("attention_bias", "true");
    for (String projection : projections.split(" ")) {
      for (int layer = 0; layer < 2; layer++) {
        long rows = made.tensors.get(name(layer, projection, "weight")).shape().get(0);
        made.store(name(layer, projection, "bias"), rows);
      }
    }
    assertThat(Checkpoint.open(made.write()).decoder().attention().bias())
        .isEqualTo(new AttentionBias(true, true, true, true));
  }

  private static String name(int layer, String projection, String kind) {
    return "model.layers." + layer + ".self_attn." + projection + "." + kind;
  }

  @Test
  void ignoresAttentionBiasWhereTransformersDoes() throws IOException {
    Path qwen2 =
        CheckpointFolder.of(folder, "Qwen2ForCausalLM").set("attention_bias", "false").write();
    assertThat(Checkpoint.open(qwen2).decoder().attention().bias())
        .isEqualTo(new AttentionBias(true, true, true, false));
    Path mistral =
        CheckpointFolder.of(folder, "MistralForCausalLM").set("attention_bias", "true").write();
    assertThat(Checkpoint.open(mistral).decoder().attention().bias())
        .isEqualTo(new AttentionBias(false, false, false, false));
  }

  @Test
  void expectsBiasesOfTheMlpWithMlpBias() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM").set("mlp_bias", "true");
    for (int layer = 0; layer < 2; layer++) {
      made.store("model.layers." + layer + ".mlp.gate_proj.bias", 12);
      made.store("model.layers." + layer + ".mlp.up_proj.bias", 12);
      made.store("model.layers." + layer + ".mlp.down_proj.bias", 8);
    }
    assertThat(Checkpoint.open(made.write()).decoder().mlp().bias()).isTrue();
  }

  @Test
  void tellsWhereTheBytesOfATensorLie() throws IOException {
    CheckpointFolder made =
        CheckpointFolder.of(folder, "LlamaForCausalLM").store("F32", "model.norm.weight", 8);
    Tensor tensor = Checkpoint.open(made.write()).tensor("model.norm.weight");
    assertThat(tensor.dtype()).isEqualTo(DType.F32);
    assertThat(tensor.shape()).containsExactly(8L);
    assertThat(tensor.length()).isEqualTo(32);
    byte[] file = Files.readAllBytes(tensor.file());
    int offset = Math.toIntExact(tensor.offset());
    assertThat(Arrays.copyOfRange(file, offset, offset + 32))
        .isEqualTo(made.tensors.get("model.norm.weight").content());
  }

  @Test
  void namesTheTensorItLacks() throws IOException {
    Checkpoint checkpoint =
        Checkpoint.open(CheckpointFolder.of(folder, "LlamaForCausalLM").write());
    assertThatThrownBy(() -> checkpoint.tensor("score.weight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a tensor of LlamaForCausalLM, found the name score.weight");
  }

  @Test
  void readsTensorsFromTheirShards() throws IOException {
    Path made = CheckpointFolder.of(folder, "LlamaForCausalLM").shards(3).write();
    Map<String, Tensor> tensors = Checkpoint.open(made).tensors();
    assertThat(tensors.values().stream().map(tensor -> "" + tensor.file().getFileName()))
        .contains(
            "model-00001-of-00003.safetensors",
            "model-00002-of-00003.safetensors",
            "model-00003-of-00003.safetensors");
    assertThat(tensors).hasSize(21);
  }

  @Test
  void takesTheSingleFileWhereThereIsAnIndexToo() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM");
    made.writeIndex(Map.of("model.norm.weight", "gone.safetensors"));
    assertThat(Checkpoint.open(made.write()).tensor("model.norm.weight").file())
        .isEqualTo(folder.resolve("model.safetensors"));
  }

  @Test
  void followsLinksAsTheCacheOfTheHubHasThem() throws IOException {
    Path blobs = Files.createDirectory(folder.resolve("blobs"));
    Path snapshot = folder.resolve("snapshot");
    CheckpointFolder.of(snapshot, "LlamaForCausalLM").write();
    Files.move(snapshot.resolve("model.safetensors"), blobs.resolve("0123"));
    Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("..", "blobs", "0123"));
    assertThat(Checkpoint.open(snapshot).tensors()).hasSize(21);
  }

  @Test
  void readsTheRewardFromTheLanguageModelsHead() throws IOException {
    Path made = CheckpointFolder.of(folder, "LlamaForCausalLM").write();
    assertThat(Checkpoint.open(made).head()).isEqualTo(new RewardHead.TokenLogit("lm_head.weight"));
  }

  @Test
  void readsTheRewardFromTheEmbeddingsWhenTied() throws IOException {
    Path made =
        CheckpointFolder.of(folder, "Qwen2ForCausalLM")
            .set("tie_word_embeddings", "true")
            .drop("lm_head.weight")
            .write();
    Checkpoint checkpoint = Checkpoint.open(made);
    assertThat(checkpoint.head()).isEqualTo(new RewardHead.TokenLogit("model.embed_tokens.weight"));
    assertThat(checkpoint.decoder().tiedEmbeddings()).isTrue();
  }

  @Test
  void prefersAStoredHeadToATiedOne() throws IOException {
    Path made =
        CheckpointFolder.of(folder, "LlamaForCausalLM").set("tie_word_embeddings", "true").write();
    assertThat(Checkpoint.open(made).head()).isEqualTo(new RewardHead.TokenLogit("lm_head.weight"));
  }

  @Test
  void describesAClassifier() throws IOException {
    Path made =
        CheckpointFolder.of(folder, "LlamaForSequenceClassification")
            .unset("num_labels")
            .set("id2label", "{\"1\": \"verbosity\", \"0\": \"helpfulness\"}")
            .store("score.weight", 2, 8)
            .write();
    RewardHead head = Checkpoint.open(made).head();
    assertThat(head)
        .isEqualTo(
            new RewardHead.Classifier(2, List.of("helpfulness", "verbosity"), OptionalInt.of(15)));
  }

  @Test
  void leavesOutWhatNoModelReads() throws IOException {
    CheckpointFolder made =
        CheckpointFolder.of(folder, "LlamaForSequenceClassification")
            .store("F64", "model.layers.0.self_attn.rotary_emb.inv_freq", 2)
            .store("model.rotary_emb.inv_freq", 2)
            .store("lm_head.weight", 16, 8);
    assertThat(Checkpoint.open(made.write()).tensors())
        .hasSize(21)
        .doesNotContainKeys("lm_head.weight", "model.rotary_emb.inv_freq");
  }

  @Test
  void listsTheProblemsOfAllFilesAtOnce() throws IOException {
    CheckpointFolder made =
        CheckpointFolder.of(folder, "LlamaForSequenceClassification")
            .set("hidden_act", "\"gelu\"")
            .set("rope_scaling", "{\"rope_type\": \"yarn\", \"factor\": -4.0}")
            .store("score.weight", 2, 8)
            .withoutFile("tokenizer.json");
    made.write();
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.problems()).hasSize(4))
        .hasMessage(
            folder
                + ": 4 problems\n"
                + "[config.json] rope_scaling.factor: expected a positive number, found -4.0\n"
                + "[config.json] hidden_act: expected silu, found gelu\n"
                + "[model.safetensors] tensor score.weight: expected shape [1, 8], found [2, 8]\n"
                + "[tokenizer.json] expected a file, found none");
  }

  @Test
  void refusesAPathThatIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("model.txt"), "x");
    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(Refused.class)
        .hasMessage(
            file
                + ": 1 problem\n[model.txt] expected a folder with config.json, safetensors and"
                + " tokenizer.json, found a file");
    Path nothing = folder.resolve("nothing");
    assertThatThrownBy(() -> Checkpoint.open(nothing))
        .isInstanceOf(Refused.class)
        .hasMessage(
            nothing
                + ": 1 problem\n[nothing] expected a folder with config.json, safetensors and"
                + " tokenizer.json, found nothing");
  }
}
