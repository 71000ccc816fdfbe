package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter's folder and the model under it. */
final class AdapterTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCORE = "base_model.model.score.weight";

  @TempDir Path folder;
  private Path adapter;
  private Path base;

  @BeforeEach
  void copy() throws IOException {
    adapter = copy("qwen2-lora");
    base = copy("qwen2-causal");
  }

  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(REFERENCES.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @Test
  void isAClassifierOnTheModelThatItNames() {
    Checkpoint checkpoint = Checkpoint.open(adapter);
    assertThat(checkpoint.architecture()).isEqualTo("Qwen2ForSequenceClassification");
    assertThat(checkpoint.adapter())
        .contains(new Adapter(base, 5, 12 / Math.sqrt(5), Adapter.Task.SEQ_CLS));
    RewardHead.Classifier head = (RewardHead.Classifier) checkpoint.head();
    assertThat(head.outputs()).isEqualTo(1);
    assertThat(head.padTokenId()).isEqualTo(OptionalInt.of(554));
    assertThat(checkpoint.tensors())
        .containsKeys(
            "score.weight",
            "model.layers.2.self_attn.k_proj.lora_A.weight",
            "model.layers.2.self_attn.k_proj.lora_B.weight")
        .doesNotContainKeys("lm_head.weight", "model.layers.2.self_attn.v_proj.lora_A.weight");
  }

  @Test
  void takesTheBaseThatTheUserNames() throws IOException {
    String fingerprint = Checkpoint.open(adapter).fingerprint();
    Path elsewhere = Files.move(base, folder.resolve("elsewhere"));
    assertThatThrownBy(() -> Checkpoint.open(adapter))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(
            "[adapter_config.json] base_model_name_or_path: expected an existing folder; --base DIR"
                + " names the model under the adapter, found ../qwen2-causal");
    Checkpoint moved = Checkpoint.open(adapter, with(elsewhere));
    assertThat(moved.fingerprint()).isEqualTo(fingerprint);
    assertThat(moved.adapter().orElseThrow().base()).isEqualTo(elsewhere);
    assertProblems(
        () -> Checkpoint.open(adapter, with(base)),
        "--base: expected the base model's folder, found " + base);
  }

  @Test
  void tellsHowToFetchABaseThatIsAHubsName() throws IOException {
    edit(config -> config.put("base_model_name_or_path", "Qwen/Qwen2.5-0.5B"));
    assertProblems(
        () -> Checkpoint.open(adapter),
        "[adapter_config.json] base_model_name_or_path: expected an existing folder; --base DIR"
            + " names the model under the adapter, found Qwen/Qwen2.5-0.5B; the model of that name on"
            + " the Hugging Face hub is fetched by\n    hf download Qwen/Qwen2.5-0.5B --local-dir"
            + " Qwen2.5-0.5B");
  }

  @Test
  void aBaseWithoutAnAdapterIsRefused() {
    assertProblems(
        () -> Checkpoint.open(base, with(base)),
        "--base: expected a model whose folder has adapter_config.json, found one without");
  }

  @Test
  void listsAllThatWouldChangeTheArithmetic() throws IOException {
    edit(
        config -> {
          config.put("peft_type", "LOHA");
          config.put("use_dora", true);
          config.putObject("rank_pattern").put("q_proj", 8);
          config.put("bias", "all");
          config.put("init_lora_weights", "pissa");
          config.put("task_type", "TOKEN_CLS");
          config.put("r", 0);
        });
    assertProblems(
        () -> Checkpoint.open(adapter),
        "[adapter_config.json] peft_type: expected LORA, found \"LOHA\"",
        "[adapter_config.json] use_dora: expected none, as it is not supported, found true",
        "[adapter_config.json] rank_pattern: expected none, as it is not supported, found an object",
        "[adapter_config.json] bias: expected none, found \"all\"",
        "[adapter_config.json] init_lora_weights: expected one that leaves the base model's weights"
            + " as they are, found pissa",
        "[adapter_config.json] task_type: expected SEQ_CLS or CAUSAL_LM, found TOKEN_CLS",
        "[adapter_config.json] r: expected from 1 to 65536, found 0");
  }

  @Test
  void aScoreThatWasNotSavedIsNeverMadeUp() throws IOException {
    rename(SCORE, "base_model.model.other.weight");
    assertProblems(
        () -> Checkpoint.open(adapter),
        "[adapter_model.safetensors] tensor "
            + SCORE
            + ": expected the trained score, as modules_to_save has it, found none: a score made at"
            + " random would give no reward");
  }

  @Test
  void anAdapterOfTextsKeepsTheModelsHead() throws IOException {
    edit(config -> config.put("task_type", "CAUSAL_LM"));
    rename(SCORE, "base_model.model.x");
    assertProblems(
        () -> Checkpoint.open(adapter),
        "[adapter_model.safetensors] tensor base_model.model.x: expected lora_A or lora_B of one of"
            + " the model's matrices, or a whole tensor, found F32 [1, 48]");
  }

  @Test
  void halfAPairAndAnotherRankAreNamed() throws IOException {
    edit(config -> config.put("r", 4));
    String a = "base_model.model.model.layers.0.mlp.down_proj.lora_A.weight";
    assertThatThrownBy(() -> Checkpoint.open(adapter))
        .hasMessageContaining(
            "[adapter_model.safetensors] tensor "
                + a
                + ": expected shape [4, 112], found [5, 112]");
  }

  @Test
  void bothFoldersAreInTheFingerprintAndWatched() throws IOException {
    Checkpoint opened = Checkpoint.open(adapter);
    assertThat(opened.change()).isEmpty();
    assertThat(opened.weightFiles().keySet())
        .contains(
            adapter.resolve("adapter_model.safetensors").toString(),
            base.resolve("model-00001-of-00002.safetensors").toString());
    edit(config -> config.put("lora_alpha", 13));
    assertThat(Checkpoint.open(adapter).fingerprint()).isNotEqualTo(opened.fingerprint());
    edit(config -> config.put("lora_alpha", 12));
    Path shard = base.resolve("model-00002-of-00002.safetensors");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 1] ^= 1;
    Files.write(shard, bytes);
    assertThat(opened.change()).isPresent();
    assertThat(Checkpoint.open(adapter).fingerprint()).isNotEqualTo(opened.fingerprint());
  }

  @Test
  void problemsOfTheModelUnderItSayWhoseTheyAre() throws IOException {
    Files.writeString(base.resolve("config.json"), "{\"architectures\": [\"Unknown\"]}");
    assertThatThrownBy(() -> Checkpoint.open(adapter))
        .hasMessageContaining(
            "base model " + base + ": [config.json] architectures: expected one of");
  }

  private static Checkpoint.Reading with(Path base) {
    return Checkpoint.Reading.defaults().with(Optional.of(base));
  }

  private void edit(Consumer<ObjectNode> change) throws IOException {
    Path file = adapter.resolve("adapter_config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(config);
    JSON.writeValue(file.toFile(), config);
  }

  /** Gives a tensor another name in the file's header. */
  private void rename(String tensor, String other) throws IOException {
    Path file = adapter.resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    int length = Math.toIntExact(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0));
    ObjectNode header = (ObjectNode) JSON.readTree(Arrays.copyOfRange(bytes, 8, 8 + length));
    JsonNode entry = header.remove(tensor);
    header.set(other, entry);
    byte[] changed = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + changed.length + bytes.length - 8 - length)
            .order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(changed.length).put(changed).put(bytes, 8 + length, bytes.length - 8 - length);
    Files.write(file, all.array());
  }

  private static void assertProblems(Runnable opening, String... problems) {
    assertThatThrownBy(opening::run)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.problems()).isEqualTo(List.of(problems)));
  }
}
