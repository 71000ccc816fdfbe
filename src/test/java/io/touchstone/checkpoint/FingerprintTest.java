package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.checkpoint.safetensors.TensorBytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FingerprintTest {
  private static final int BLOCK = TensorBytes.BLOCK_BYTES;

  @TempDir private Path temp;
  private String original = "";

  @BeforeEach
  void remember() throws IOException {
    original = fingerprint(made("original"));
  }

  @Test
  void isASha256InHex() {
    assertThat(original).matches("[0-9a-f]{64}");
  }

  @Test
  void staysTheSameWhereScoresDo() throws IOException {
    assertThat(fingerprint(made("elsewhere"))).isEqualTo(original);
    assertThat(fingerprint(made("sharded").shards(3))).isEqualTo(original);
    CheckpointFolder touched = made("touched").file("README.md", "text");
    Files.setLastModifiedTime(touched.write().resolve("model.safetensors"), FileTime.fromMillis(0));
    assertThat(fingerprint(touched)).isEqualTo(original);
  }

  @Test
  void changesWithEveryFileThatScoresDependOn() throws IOException {
    List<String> prints = new ArrayList<>(List.of(original));
    prints.add(fingerprint(made("config").set("rms_norm_eps", "1e-06")));
    prints.add(fingerprint(made("tokenizer").file("tokenizer.json", "{\"model\": {}}")));
    prints.add(fingerprint(made("tail").file("tokenizer.json", "{\"model\": {}}\n")));
    prints.add(fingerprint(made("settings").file("tokenizer_config.json", "{}")));
    prints.add(fingerprint(made("map").file("special_tokens_map.json", "{}")));
    prints.add(fingerprint(made("template").file("chat_template.jinja", "x")));
    prints.add(fingerprint(made("type").store("F16", "model.norm.weight", 8)));
    assertThat(prints).doesNotHaveDuplicates();
  }

  @Test
  void changesWithEveryByteOfASmallModel() throws IOException {
    CheckpointFolder made = made("bytes");
    Path file = made.write().resolve("model.safetensors");
    Tensor tensor = Checkpoint.open(made.path).tensor("model.layers.1.mlp.up_proj.weight");
    for (long at : new long[] {0, tensor.length() / 2, tensor.length() - 1}) {
      flip(file, tensor.offset() + at);
      assertThat(Checkpoint.open(made.path).fingerprint()).as("byte %d", at).isNotEqualTo(original);
      flip(file, tensor.offset() + at);
    }
    assertThat(Checkpoint.open(made.path).fingerprint()).isEqualTo(original);
  }

  @Test
  void readsOnlyBlocksOfALargeTensor() throws IOException {
    CheckpointFolder made = made("large").set("vocab_size", "2621440");
    made.store("model.embed_tokens.weight", 2_621_440, 8).store("lm_head.weight", 2_621_440, 8);
    Path file = made.write().resolve("model.safetensors");
    Checkpoint before = Checkpoint.open(made.path);
    Tensor tensor = before.tensor("lm_head.weight");
    long second = (tensor.length() - BLOCK) / (TensorBytes.SAMPLED_BLOCKS - 1);
    for (long read : new long[] {0, BLOCK - 1, second, tensor.length() - 1}) {
      flip(file, tensor.offset() + read);
      assertThat(Checkpoint.open(made.path).fingerprint()).isNotEqualTo(before.fingerprint());
      flip(file, tensor.offset() + read);
    }
    for (long skipped : new long[] {BLOCK, second - 1, tensor.length() - BLOCK - 1}) {
      flip(file, tensor.offset() + skipped);
      assertThat(Checkpoint.open(made.path).fingerprint()).isEqualTo(before.fingerprint());
    }
  }

  @Test
  void namesTheTensorWhoseFileBecameShorter() throws IOException {
    Path file = Files.write(temp.resolve("short"), new byte[BLOCK]);
    Tensor tensor = new Tensor("t", DType.F16, List.of((long) BLOCK), file, 0, 2L * BLOCK);
    assertThatThrownBy(() -> new Fingerprint().of(List.of(tensor)))
        .isInstanceOf(IOException.class)
        .hasMessage("expected 131072 bytes of tensor t, found the end of its file");
  }

  private CheckpointFolder made(String name) {
    return CheckpointFolder.of(temp.resolve(name), "LlamaForCausalLM");
  }

  private static String fingerprint(CheckpointFolder made) throws IOException {
    return Checkpoint.open(made.write()).fingerprint();
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }
  }
}
