package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders as people have them before they are what can be opened, and the way on. */
final class FolderAdviceTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 4976698672\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "LlamaForCausalLM, CausalLM",
    "LlamaForSequenceClassification, SequenceClassification",
  })
  void saysHowWeightsOfPyTorchBecomeSafetensors(String architecture, String kind)
      throws IOException {
    CheckpointFolder.of(folder, architecture).file("pytorch_model-00001-of-00002.bin", "x").write();
    Files.delete(folder.resolve("model.safetensors"));
    assertThat(problems(folder))
        .containsExactly(
            "[model.safetensors] expected this file or model.safetensors.index.json, found"
                + " pytorch_model-00001-of-00002.bin (only safetensors are read: opening these runs"
                + " code that lies in them); of a folder that you trust two lines of Python make"
                + " one:\n    from transformers import AutoModelFor"
                + kind
                + " as Model\n    Model.from_pretrained(\""
                + folder
                + "\", dtype=\"auto\").save_pretrained(\""
                + folder
                + "\")");
  }

  /** transformers would read the decoder alone, and write a random head beside it. */
  @Test
  void keepsTheHeadOfAClassOfItsOwnWhenWeightsOfPyTorchAreMadeSafetensors() throws IOException {
    CheckpointFolder.of(folder, "LlamaForSequenceClassification")
        .set("architectures", "[\"LlamaRewardModel\"]")
        .file("pytorch_model.bin", "x")
        .write();
    Files.delete(folder.resolve("model.safetensors"));
    assertThat(problems(folder))
        .containsExactly(
            "[model.safetensors] expected this file or model.safetensors.index.json, found"
                + " pytorch_model.bin (only safetensors are read: opening these runs code that lies"
                + " in them); of a folder that you trust two lines of Python make one:\n"
                + "    import glob, torch; from safetensors.torch import save_file\n"
                + "    save_file({k: v.contiguous().clone() for f in glob.glob(\""
                + folder
                + "/pytorch_model*.bin\") for k, v in torch.load(f, \"cpu\").items()}, \""
                + folder
                + "/model.safetensors\")");
  }

  @ParameterizedTest
  @CsvSource({"model.safetensors", "tokenizer.json", "tokenizer_config.json"})
  void knowsThePointersOfGitLfs(String file) throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM").write();
    Files.writeString(folder.resolve(file), POINTER);
    assertThat(problems(folder))
        .containsExactly(
            "["
                + file
                + "] expected the file itself, found a git-lfs pointer to it; git lfs pull in the"
                + " folder fetches it");
  }

  @Test
  void saysHowAModelOfTheHubIsFetched() {
    assertThat(problems(Path.of("nvidia/Llama-3.1-Nemotron-70B-Reward-HF")))
        .containsExactly(
            "[Llama-3.1-Nemotron-70B-Reward-HF] expected a folder with config.json, safetensors and"
                + " tokenizer.json, found nothing; the model of that name on the Hugging Face hub"
                + " is fetched by\n    hf download nvidia/Llama-3.1-Nemotron-70B-Reward-HF"
                + " --local-dir Llama-3.1-Nemotron-70B-Reward-HF");
  }

  @Test
  void findsTheSnapshotInAHubCachesOuterFolder() throws IOException {
    Path cached = folder.resolve("models--org--name");
    CheckpointFolder.of(cached.resolve("snapshots/0ld"), "LlamaForCausalLM").write();
    CheckpointFolder.of(cached.resolve("snapshots/c0ffee"), "LlamaForCausalLM").write();
    assertThat(problems(cached))
        .containsExactly(
            "[models--org--name] expected the folder of one revision, found the outer one of a hub"
                + " cache; take snapshots/0ld or snapshots/c0ffee");
    Files.createDirectories(cached.resolve("refs"));
    Files.writeString(cached.resolve("refs/main"), "c0ffee");
    assertThat(problems(cached))
        .containsExactly(
            "[models--org--name] expected the folder of one revision, found the outer one of a hub"
                + " cache; take snapshots/c0ffee");
  }

  @ParameterizedTest
  @CsvSource({"tokenizer.model, ", "vocab.json, merges.txt"})
  void saysHowOtherTokenizersBecomeATokenizerJson(String file, String more) throws IOException {
    CheckpointFolder made =
        CheckpointFolder.of(folder, "LlamaForCausalLM")
            .withoutFile("tokenizer.json")
            .file(file, "{}");
    (more == null ? made : made.file(more, "")).write();
    assertThat(problems(folder))
        .containsExactly(
            "[tokenizer.json] expected a file, found none, but "
                + (more == null ? file : file + " and " + more)
                + "; two lines of Python make it:\n    from transformers import AutoTokenizer\n"
                + "    AutoTokenizer.from_pretrained(\""
                + folder
                + "\").save_pretrained(\""
                + folder
                + "\")");
  }

  @ParameterizedTest
  @CsvSource({"awq", "gptq", "bitsandbytes", "mxfp4", "fbgemm_fp8", "torchao"})
  void saysOnceThatWeightsAreQuantised(String method) throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM")
        .set("quantization_config", "{\"quant_method\": \"" + method + "\"}")
        .drop("model.layers.0.mlp.gate_proj.weight")
        .store("I32", "model.layers.0.mlp.gate_proj.qweight", 12, 1)
        .write();
    assertThat(problems(folder))
        .containsExactly(
            "[config.json] quantization_config: expected weights in F32, F16 or BF16, or FP8 of"
                + " compressed-tensors, fp8 or modelopt: other quantised weights are not read, and"
                + " score otherwise; take the model that they were made from, found quant_method \""
                + method
                + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model-Q4_K_M.gguf | (a model of llama.cpp, most often quantised, which scores otherwise); take the Hugging Face folder that it was made from",
        "reward.nemo | (a checkpoint of NeMo: an archive of its own, with pickles in it); NeMo's scripts/checkpoint_converters write a Hugging Face folder of it",
      })
  void saysWhereModelsOfOtherProgramsComeFrom(String file, String why) throws IOException {
    Path alone = Files.createDirectories(folder.resolve("alone"));
    Files.writeString(alone.resolve(file), "x");
    assertThat(problems(alone))
        .containsExactly(
            "[alone] expected a folder with config.json, safetensors and tokenizer.json, found "
                + file
                + " "
                + why);
    assertThat(problems(alone.resolve(file)))
        .containsExactly(
            "["
                + file
                + "] expected a folder with config.json, safetensors and tokenizer.json, found a file "
                + why);
    CheckpointFolder.of(folder, "LlamaForCausalLM").file(file, "x").write();
    assertThat(Checkpoint.open(folder).architecture()).isEqualTo("LlamaForCausalLM");
    Files.delete(folder.resolve("model.safetensors"));
    assertThat(problems(folder))
        .containsExactly(
            "[model.safetensors] expected this file or model.safetensors.index.json, found "
                + file
                + " "
                + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DebertaV2PairRM | compares two answers in one input and gives neither a number; a model that scores each answer by itself is compared by its scores",
        "T5ForConditionalGeneration | answers with a token of its decoder (SteamSHP), which is not read; a decoder's or an encoder's reward model takes its place",
        "GptOssForSequenceClassification | has sinks in its attention and experts of a form of their own, which are not computed",
        "Qwen2MoeForCausalLM | has an expert that all tokens share, which is not computed",
        "LDLRewardModel27B | has its heads in pickled files (.pt), which run code when they are opened; no other form of them is published",
      })
  void refusesClassesByTheirNamesAndSaysWhy(String name, String why) throws IOException {
    CheckpointFolder.of(folder, "LlamaForCausalLM")
        .set("architectures", "[\"" + name + "\"]")
        .set("auto_map", "{\"AutoModel\": \"modeling.Any\"}")
        .write();
    assertThat(problems(folder))
        .containsExactly(
            "[config.json] architectures: expected a class that is read (docs/models.md), found "
                + name
                + ", which "
                + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Llama-3_3-Nemotron-Super-49B-GenRM | a generative reward model, which writes its judgement as text",
        "Qwen3-Nemotron-8B-BRRM | a generative reward model, which writes its judgement as text",
        "pair-preference-model-LLaMA3-8B | a pairwise model, which compares two answers in one prompt",
        "models--x--Skywork-Critic-Llama-3.1-8B | a pairwise model, which compares two answers in one prompt",
        "Llama-3.3-Nemotron-70B-Reward-Principle | a judge that answers Yes or No to a principle in its prompt (--ask and --answer-tokens ask it, as conf/models/Llama-3.3-Nemotron-70B-Reward-Principle.conf does)",
      })
  void refusesJudgesThatGiveNoNumberByTheirNames(String name, String kind) throws IOException {
    Path model = folder.resolve(name);
    if (name.startsWith("models--")) {
      model = model.resolve("snapshots/c0ffee");
    }
    CheckpointFolder.of(model, "LlamaForCausalLM").write();
    assertThat(problems(model))
        .containsExactly(
            "["
                + name.replaceFirst("models--x--", "")
                + "] expected a model that gives an answer a number, found "
                + kind);
    CheckpointFolder.of(folder.resolve("local"), "LlamaForCausalLM")
        .file("README.md", "---\nlicense: x\n---\n\n# " + name + "\n")
        .write();
    assertThat(problems(folder.resolve("local")))
        .containsExactly(
            "[README.md] expected a model that gives an answer a number, found " + kind);
  }

  @Test
  void opensAJudgeThatIsAskedAndNoOther() throws IOException {
    Checkpoint.Reading asked = Checkpoint.Reading.defaults().with(JudgedBy.ANSWER);
    Path judge = folder.resolve("Llama-3.3-Nemotron-70B-Reward-Principle");
    CheckpointFolder.of(judge, "LlamaForCausalLM").write();
    assertThat(Checkpoint.open(judge, asked).architecture()).isEqualTo("LlamaForCausalLM");
    Path writer = folder.resolve("Qwen3-Nemotron-32B-GenRM-Principle");
    CheckpointFolder.of(writer, "LlamaForCausalLM").write();
    assertThatThrownBy(() -> Checkpoint.open(writer, asked))
        .hasMessageContaining(
            "found a generative reward model, which writes its judgement as text");
  }

  @Test
  void findsTheSignOfARewardModel() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "LlamaForCausalLM");
    assertThat(Checkpoint.open(made.write()).rewardSign()).isEmpty();
    made.file("README.md", "# Chat\n\nIts reward model was trained with RLHF.\n").write();
    assertThat(Checkpoint.open(folder).rewardSign()).isEmpty();
    made.file("README.md", "---\ntags:\n- reward model\n---\n# Chat\n").write();
    assertThat(Checkpoint.open(folder).rewardSign()).hasValue("README.md");
    made.file("README.md", "# My-RM-8B\n").write();
    assertThat(Checkpoint.open(folder).rewardSign()).hasValue("README.md");
    made.set("_name_or_path", "\"org/Llama-Reward\"").write();
    assertThat(Checkpoint.open(folder).rewardSign()).hasValue("config.json");
  }

  private static List<String> problems(Path model) {
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(model)).problems();
  }
}
