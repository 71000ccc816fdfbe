package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.checkpoint.safetensors.HeaderParser;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no sound safetensors, and weights that do not fit the configuration. */
final class SafetensorsRefusalTest {
  private static final String NORM = "model.norm.weight";

  @TempDir private Path folder;

  @Test
  void refusesOtherWeightsAndSaysWhy() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM");
    made.file("model.onnx", "x").file("other.onnx", "x").write();
    Files.delete(folder.resolve("model.safetensors"));
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] expected this file or model.safetensors.index.json, found"
                + " model.onnx, other.onnx (only safetensors are read); transformers' save_pretrained"
                + " writes them");
  }

  @Test
  void refusesAFolderWithoutWeights() throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM").write();
    Files.delete(folder.resolve("model.safetensors"));
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] expected this file or model.safetensors.index.json, found"
                + " neither");
  }

  @Test
  void refusesAnAdapterBesideTheWeights() throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM").file("adapter_config.json", "{}").write();
    assertThat(problems())
        .containsExactly(
            "[adapter_config.json] expected an adapter merged into the weights, or in a folder of its"
                + " own, found one beside them");
  }

  @Test
  void refusesAHeaderThatIsNoUtf8EvenWhereNobodyReadsIt() {
    List<String> problems = new ArrayList<>();
    byte[] header =
        "{\"__metadata__\":{\"format\":\"\u00e9\"}}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(HeaderParser.parse(header, Problem.in("model.safetensors"), problems)).isEmpty();
    assertThat(problems)
        .containsExactly("[model.safetensors] header: expected UTF-8, found other bytes");
  }

  @Test
  void saysHowManyBytesATruncatedFileLacks() throws IOException {
    Path file = weights();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 100));
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] expected %d bytes, as its header says, found %d (truncated)"
                .formatted(whole.length, whole.length - 100));
  }

  @Test
  void refusesBytesAfterTheLastTensor() throws IOException {
    Path file = weights();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] expected %d bytes, as its header says, found %d"
                .formatted(whole.length, whole.length + 1));
  }

  @Test
  void refusesAFileTooShortForALength() throws IOException {
    Files.write(weights(), new byte[5]);
    assertThat(problems())
        .containsExactly("[model.safetensors] expected at least 8 bytes, found 5");
  }

  @ParameterizedTest
  @CsvSource({
    "9, 9",
    "100000001, 100000001",
    "9223372036854775807, 9223372036854775807",
    "-1, 18446744073709551615"
  })
  void refusesAHeaderLongerThanTheFile(long length, String found) throws IOException {
    Files.write(
        weights(), ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] header: expected a length of at most 8, found " + found);
  }

  @Test
  void refusesAHeaderOverAHundredMegabytes() throws IOException {
    Path file = weights();
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(300_000_000);
      sparse.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(200_000_000).array());
    }
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] header: expected a length of at most 100000000, found 200000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | header: expected a JSON object, found a START_ARRAY",
        "`` | header: expected a JSON object, found nothing",
        "{} {} | header: expected one JSON object, found more after it",
        "{\"a\": 1} | tensor a: expected a JSON object, found a VALUE_NUMBER_INT",
        "{\"a\": {}} | tensor a: expected a dtype, found none",
        "{\"a\": {\"dtype\": 3}} | tensor a: expected a dtype, found none",
        "{\"a\": {\"dtype\": \"F32\"}} | tensor a: expected a shape of at most 8 sizes from 0, found none such",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [-1]}} | tensor a: expected a shape of at most 8 sizes from 0, found none such",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1.5]}} | tensor a: expected a shape of at most 8 sizes from 0, found none such",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [[1]]}} | tensor a: expected a shape of at most 8 sizes from 0, found none such",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [99999999999999999999]}} | tensor a: expected a shape of at most 8 sizes from 0, found none such",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1,1,1,1,1,1,1,1,1]}} | tensor a: expected a shape of at most 8 sizes from 0, found none such",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1]}} | tensor a: expected data_offsets [begin, end] with 0 <= begin <= end, found none such",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 0]}} | tensor a: expected data_offsets [begin, end] with 0 <= begin <= end, found [4, 0]",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0]}} | tensor a: expected data_offsets [begin, end] with 0 <= begin <= end, found [0]",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 4]}} | tensor a: expected 8 bytes for F32 [2], found 4",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [4294967296, 4294967296], \"data_offsets\": [0, 4]}} | tensor a: expected more than 2^63 bytes for F32 [4294967296, 4294967296], found 4",
        "{\"a\": {\"dtype\": \"F16\", \"shape\": [1], \"data_offsets\": [2, 4]}} | tensor a: expected data to begin at 0, without gap or overlap, found 2",
      })
  void refusesAHeader(String header, String problem) throws IOException {
    SafetensorsWriter.write(weights(), header, new byte[4]);
    assertThat(problems()).containsExactly("[model.safetensors] " + problem);
  }

  @Test
  void refusesTensorsThatOverlapAndThoseWithAGapBetween() throws IOException {
    SafetensorsWriter.write(
        weights(),
        """
        {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
         "b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]},
         "c": {"dtype": "F32", "shape": [1], "data_offsets": [16, 20]}}""",
        new byte[20]);
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] tensor b: expected data to begin at 8, without gap or overlap,"
                + " found 4",
            "[model.safetensors] tensor c: expected data to begin at 12, without gap or overlap,"
                + " found 16");
  }

  @Test
  void refusesAnOffsetNearTheEndOfNumbers() throws IOException {
    SafetensorsWriter.write(
        weights(),
        """
        {"a": {"dtype": "I8", "shape": [1], "data_offsets": [0, 9223372036854775807]}}""",
        new byte[1]);
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] expected 9223372036854775807 bytes, as its header says, found 89"
                + " (truncated)");
  }

  @Test
  void refusesATensorNamedTwice() throws IOException {
    SafetensorsWriter.write(
        weights(),
        """
        {"a": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]},
         "a": {"dtype": "F16", "shape": [1], "data_offsets": [2, 4]}}""",
        new byte[4]);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("[model.safetensors] header: expected JSON, found at line 2, column ")
        .endsWith("Duplicate field 'a'");
  }

  @Test
  void listsMissingWrongAndUnexpectedTensors() throws IOException {
    CheckpointFolder.of(folder, "Qwen3ForSequenceClassification")
        .drop("model.layers.1.self_attn.q_norm.weight")
        .store("model.layers.0.mlp.down_proj.weight", 12, 8)
        .store("I8", NORM, 8)
        .store("F64", "score.weight", 1, 8)
        .store("F32", "score.scale", 1)
        .write();
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] tensor model.layers.1.self_attn.q_norm.weight: expected shape [4],"
                + " found none",
            "[model.safetensors] tensor model.layers.0.mlp.down_proj.weight: expected shape [8,"
                + " 12], found [12, 8]",
            "[model.safetensors] tensor model.norm.weight: expected dtype F32, F16 or BF16, found"
                + " I8 (quantised weights are not read)",
            "[model.safetensors] tensor score.weight: expected dtype F32, F16 or BF16, found F64",
            "[model.safetensors] tensor score.scale: expected no such tensor in a"
                + " Qwen3ForSequenceClassification, found F32 [1]");
  }

  @Test
  void namesTheMissingHeadOfACheckpointThatIsNoRewardModel() throws IOException {
    CheckpointFolder.of(folder, "LlamaForSequenceClassification").drop("score.weight").write();
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] tensor score.weight: expected shape [1, 8], found none");
  }

  @Test
  void holdsAStoredHeadThatIsAlsoTiedToItsShape() throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM")
        .set("tie_word_embeddings", "true")
        .store("lm_head.weight", 15, 8)
        .write();
    assertThat(problems())
        .containsExactly(
            "[model.safetensors] tensor lm_head.weight: expected shape [16, 8], found [15, 8]");
  }

  @Test
  void listsTheFirstTwentyOfAKindAndCountsTheRest() throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM").set("num_hidden_layers", "5").write();
    assertThat(problems())
        .hasSize(21)
        .startsWith(
            "[model.safetensors] tensor model.layers.2.input_layernorm.weight: expected shape [8],"
                + " found none")
        .endsWith("and 7 more missing tensors");
  }

  private Path weights() throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM").write();
    return folder.resolve("model.safetensors");
  }

  private List<String> problems() {
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(folder)).problems();
  }
}
