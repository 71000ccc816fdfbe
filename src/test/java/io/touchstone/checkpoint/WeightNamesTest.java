package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.checkpoint.SafetensorsWriter.Stored;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors under the names that wrappers leave. */
final class WeightNamesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "LlamaForSequenceClassification, module., false",
    "LlamaForSequenceClassification, _orig_mod., false",
    "LlamaForCausalLM, module._orig_mod., false",
    "LlamaForSequenceClassification, base_model.model., false",
    "LlamaForCausalLM, transformer., true",
    "LlamaForSequenceClassification, '', true",
  })
  void areReadWithoutAUniformPrefix(String architecture, String prefix, boolean inner)
      throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, architecture);
    Checkpoint plain = Checkpoint.open(made.write());
    rename(made, name -> prefix + (inner ? name.replaceFirst("^model\\.", "") : name));
    Files.delete(folder.resolve("model.safetensors"));
    Checkpoint wrapped = Checkpoint.open(made.shards(2).write());
    assertThat(wrapped.tensors().keySet()).isEqualTo(plain.tensors().keySet());
    assertThat(wrapped.tensors())
        .allSatisfy((name, tensor) -> assertThat(tensor.name()).isEqualTo(name));
  }

  @Test
  void mayLeaveTheHeadOutside() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM");
    rename(made, name -> name.equals("lm_head.weight") ? name : "transformer." + name);
    assertThat(Checkpoint.open(made.write()).tensors()).containsKey("model.norm.weight");
  }

  @Test
  void areNotGuessedWhereThePrefixIsNotUniform() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM");
    rename(made, name -> name.equals("model.norm.weight") ? name : "module." + name);
    made.write();
    assertThat(catchThrowableOfType(Refused.class, () -> Checkpoint.open(folder)).problems())
        .contains(
            "[model.safetensors] tensor module.model.embed_tokens.weight: expected no such tensor in"
                + " a LlamaForCausalLM, found BF16 [16, 8]");
  }

  @Test
  void ofATiedModelMayBeThoseOfTheHeadAlone() throws IOException {
    CheckpointFolder made =
        CheckpointFolder.of(folder, "LlamaForCausalLM")
            .set("tie_word_embeddings", "true")
            .drop("model.embed_tokens.weight");
    Checkpoint checkpoint = Checkpoint.open(made.write());
    Tensor head = checkpoint.tensor("lm_head.weight");
    Tensor embeddings = checkpoint.tensor("model.embed_tokens.weight");
    assertThat(embeddings.offset()).isEqualTo(head.offset());
    assertThat(embeddings.length()).isEqualTo(head.length());
    assertThat(checkpoint.head()).isEqualTo(new RewardHead.TokenLogit("lm_head.weight"));
  }

  private static void rename(CheckpointFolder made, UnaryOperator<String> rule) {
    List<Stored> stored = new ArrayList<>(made.tensors.values());
    made.tensors.clear();
    for (Stored tensor : stored) {
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      made.store(tensor.dtype(), rule.apply(tensor.name()), shape);
    }
  }
}
