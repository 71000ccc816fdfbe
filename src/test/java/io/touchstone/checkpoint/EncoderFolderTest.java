package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.problem.Refused;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of encoders that are refused, and what their tokenizers say. */
final class EncoderFolderTest {
  private static final Path ENCODERS = Path.of("src/test/resources/encoders");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;

  /** A copy of one of our encoders with another configuration. */
  private Path folder(String name, String file, Consumer<ObjectNode> change) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    for (String each :
        List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(ENCODERS.resolve(name).resolve(each), folder.resolve(each));
    }
    ObjectNode json = (ObjectNode) JSON.readTree(folder.resolve(file).toFile());
    change.accept(json);
    JSON.writeValue(folder.resolve(file).toFile(), json);
    return folder;
  }

  private static List<String> problems(Path folder, Checkpoint.Reading reading) {
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(folder, reading)).problems();
  }

  private List<String> problems(String name, Consumer<ObjectNode> change) throws IOException {
    return problems(folder(name, "config.json", change), Checkpoint.Reading.defaults());
  }

  @Test
  void refusesArithmeticThatIsNotThereAllAtOnce() throws IOException {
    assertThat(
            problems(
                "bert-answer",
                config -> {
                  config.put("is_decoder", true).put("hidden_act", "swish");
                  config.put("position_embedding_type", "relative_key");
                }))
        .containsExactly(
            "[config.json] is_decoder: expected none, as it is not supported, found true",
            "[config.json] position_embedding_type: expected absolute, found \"relative_key\"",
            "[config.json] hidden_act: expected one of gelu, gelu_new, gelu_pytorch_tanh,"
                + " gelu_fast, relu, tanh, found \"swish\"");
  }

  @Test
  void refusesTensorsOfOtherSizes() throws IOException {
    assertThat(problems("deberta-pair", config -> config.put("position_buckets", 20)))
        .containsExactly(
            "[model.safetensors] tensor deberta.encoder.rel_embeddings.weight: expected shape"
                + " [40, 24], found [24, 24]");
  }

  @Test
  void refusesABaseThatItDoesNotKnow() throws IOException {
    assertThat(problems("curator-answer", config -> config.put("base_model", "someone/bert")))
        .containsExactly(
            "[config.json] base_model: expected one of microsoft/deberta-v3-base,"
                + " microsoft/mdeberta-v3-base, or a folder with its config.json; --base DIR names"
                + " one, found someone/bert");
  }

  @Test
  void takesTheBaseThatTheUserNames() throws IOException {
    Path folder =
        folder("curator-answer", "config.json", config -> config.put("base_model", "someone/bert"));
    Checkpoint checkpoint =
        Checkpoint.open(
            folder,
            Checkpoint.Reading.defaults().with(Optional.of(ENCODERS.resolve("curator-base"))));
    assertThat(checkpoint.architecture()).isEqualTo("a Curator classifier on someone/bert");
    assertThat(checkpoint.encoder().orElseThrow().hiddenSize()).isEqualTo(24);
  }

  @Test
  void knowsTheSizesOfAPublishedBaseByItsName() throws IOException {
    List<String> problems =
        problems("curator-answer", config -> config.put("base_model", "microsoft/deberta-v3-base"));
    assertThat(String.join("\n", problems))
        .contains(
            "tensor model.embeddings.word_embeddings.weight: expected shape [128100, 768]",
            "tensor fc.weight: expected shape [3, 768]");
  }

  @Test
  void refusesABaseBesideAModelThatIsWhole() throws IOException {
    assertThat(
            problems(
                ENCODERS.resolve("bert-answer"),
                Checkpoint.Reading.defaults().with(Optional.of(temp))))
        .containsExactly(
            "--base: expected an adapter, or a classifier whose config.json names a base_model,"
                + " found BertForSequenceClassification");
  }

  @Test
  void tellsTextsOfAPairApartOnlyIfTheTokenizerSaysSo() throws IOException {
    assertThat(Checkpoint.open(ENCODERS.resolve("bert-pair")).namesTexts()).isTrue();
    Path unsaid =
        folder("bert-pair", "tokenizer_config.json", config -> config.remove("model_input_names"));
    assertThat(Checkpoint.open(unsaid).namesTexts()).isFalse();
    Checkpoint.Reading asItStands = Checkpoint.Reading.defaults().with(TokenizerChoice.FILE);
    assertThat(Checkpoint.open(unsaid, asItStands).namesTexts()).isTrue();
  }

  @Test
  void aClassThatTransformersRebuildsIsTakenAsItStandsIfAsked() throws IOException {
    Path folder =
        folder(
            "bert-answer",
            "tokenizer_config.json",
            config -> {
              config.put("tokenizer_class", "BertTokenizer").remove("model_input_names");
            });
    assertThat(String.join("\n", problems(folder, Checkpoint.Reading.defaults())))
        .contains(
            "tokenizer_class: expected one of the classes that are followed", "BertTokenizer");
    assertThat(
            Checkpoint.open(folder, Checkpoint.Reading.defaults().with(TokenizerChoice.FILE))
                .namesTexts())
        .isTrue();
  }
}
