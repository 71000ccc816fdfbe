package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.batch.LoadPacker;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.scoring.ForwardPass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Gemma-3 that could see, scored as the text model that is in it. */
final class GemmaWithEyesTest {
  private static final Path TEXT = Path.of("src/test/resources/references/gemma3-classifier");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "model.language_model., model.vision_tower.",
    "language_model.model., vision_tower.",
  })
  void scoresAsItsTextModel(String model, String sight) throws IOException {
    for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
      Files.copy(TEXT.resolve(name), folder.resolve(name));
    }
    ObjectNode text = (ObjectNode) JSON.readTree(TEXT.resolve("config.json").toFile());
    ObjectNode whole = JSON.createObjectNode().put("model_type", "gemma3");
    whole.putArray("architectures").add("Gemma3ForSequenceClassification");
    whole.set("id2label", text.remove("id2label"));
    whole.set("text_config", text);
    whole.putObject("vision_config").put("model_type", "siglip_vision_model");
    JSON.writeValue(folder.resolve("config.json").toFile(), whole);
    rename(model, sight);
    assertThat(score(folder)).isEqualTo(score(TEXT));
  }

  /** A file of the same tensors by other names, and of one more. */
  private void rename(String model, String sight) throws IOException {
    ByteBuffer stored = ByteBuffer.wrap(Files.readAllBytes(TEXT.resolve("model.safetensors")));
    byte[] header = new byte[Math.toIntExact(stored.order(ByteOrder.LITTLE_ENDIAN).getLong())];
    stored.get(header);
    ObjectNode renamed = JSON.createObjectNode();
    JSON.readTree(header)
        .properties()
        .forEach(
            tensor ->
                renamed.set(tensor.getKey().replaceFirst("^model\\.", model), tensor.getValue()));
    ObjectNode seen = renamed.putObject(sight + "embeddings.weight").put("dtype", "F32");
    seen.putArray("shape").add(1);
    seen.putArray("data_offsets").add(stored.remaining()).add(stored.remaining() + 4);
    byte[] other = renamed.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + other.length + stored.remaining() + 4)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(other.length).put(other).put(stored);
    Files.write(folder.resolve("model.safetensors"), file.array());
  }

  private static float[][] score(Path folder) {
    Checkpoint checkpoint = Checkpoint.open(folder);
    LoadPacker packer = new LoadPacker();
    packer.add(List.of(IntStream.rangeClosed(1, 60).toArray()));
    try (ForwardPass forward =
        EngineScorerFactory.forwardPass(
            checkpoint,
            HeadParts.of(checkpoint, new CausalReward.OfToken(0)),
            Processor.cpu(Precision.FP32),
            new Resources(1, 0, 0))) {
      return forward.score(packer.pack());
    }
  }
}
