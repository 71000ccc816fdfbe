package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.family.Families;
import io.touchstone.checkpoint.family.Family;
import io.touchstone.problem.Refused;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import io.touchstone.tokenizer.transformers.TokenizerFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a folder's tokenizer is, what is told of it, and what of it is in the fingerprint. */
final class TokenizerChoiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG = "tokenizer_config.json";
  private static final String OTHERS = "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}";
  private static final String QWENS =
      "\"normalizer\": {\"type\": \"NFC\"}, \"pre_tokenizer\": {\"type\": \"Sequence\","
          + " \"pretokenizers\": [{\"type\": \"Split\", \"pattern\": {\"Regex\":"
          + " \"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}|"
          + " ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+\"},"
          + " \"behavior\": \"Isolated\", \"invert\": false}, {\"type\": \"ByteLevel\","
          + " \"add_prefix_space\": false, \"trim_offsets\": false, \"use_regex\": false}]}";

  private static final String END =
      "{\"id\": 4, \"content\": \"<|endoftext|>\", \"single_word\": false, \"lstrip\": false,"
          + " \"rstrip\": false, \"normalized\": false, \"special\": true}";

  @TempDir private Path folder;

  /**
   * A family more needs its line of transformers' table in the rule of classes, and drawn folders.
   */
  @Test
  void isFoundByTheModelTypeOfEveryFamily() {
    assertThat(Families.ALL.stream().map(Family::modelType))
        .isSubsetOf(TokenizerFolder.MODEL_TYPES);
  }

  @Test
  void isTheFileByteForByteWhereTransformersTakesTheFile() throws IOException {
    made("Llama", "{\"normalizer\": {\"type\": \"Lowercase\"}, ", OTHERS);
    Checkpoint checkpoint = open(TokenizerChoice.TRANSFORMERS5);
    assertThat(checkpoint.tokenizerJson())
        .isEqualTo(Files.readAllBytes(folder.resolve("tokenizer.json")));
    assertThat(checkpoint.tokenizer().differences()).isEmpty();
    assertThat(open(TokenizerChoice.FILE).fingerprint()).isEqualTo(checkpoint.fingerprint());
  }

  @Test
  void isTheFileByteForByteWhereItSaysWhatTheClassSays() throws IOException {
    made(
        "Qwen3",
        "{" + QWENS + ", \"decoder\": {\"type\": \"ByteLevel\"}, \"added_tokens\": [" + END + "], ",
        "{\"tokenizer_class\": \"Qwen2Tokenizer\"}",
        "null");
    Checkpoint checkpoint = open(TokenizerChoice.TRANSFORMERS5);
    assertThat(checkpoint.tokenizer().differences()).isEmpty();
    assertThat(checkpoint.tokenizerJson())
        .isEqualTo(Files.readAllBytes(folder.resolve("tokenizer.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LlamaTokenizer", "GPT2TokenizerFast", "InternLM2Tokenizer"})
  void isTheFileOfFamiliesWhoseClassesTransformersDoesNotBelieve(String name) throws IOException {
    String config = "{\"tokenizer_class\": \"" + name + "\"}";
    made("Granite", "{\"normalizer\": {\"type\": \"Lowercase\"}, ", config);
    Checkpoint checkpoint = open(TokenizerChoice.TRANSFORMERS5);
    assertThat(checkpoint.tokenizer().differences()).isEmpty();
    assertThat(checkpoint.tokenizerJson())
        .isEqualTo(Files.readAllBytes(folder.resolve("tokenizer.json")));
  }

  @Test
  void isRebuiltByItsClassAndKeepsVocabularyAndMerges() throws IOException {
    made(
        "Llama",
        "{\"normalizer\": {\"type\": \"Lowercase\"}, \"decoder\": {\"type\": \"Fuse\"}, ",
        "{\"tokenizer_class\": \"LlamaTokenizerFast\", \"legacy\": true}");
    Checkpoint checkpoint = open(TokenizerChoice.TRANSFORMERS5);
    JsonNode json = JSON.readTree(checkpoint.tokenizerJson());
    assertThat(json.get("normalizer").isNull()).isTrue();
    assertThat(json.get("pre_tokenizer").toString())
        .isEqualTo(
            "{\"type\":\"Metaspace\",\"replacement\":\"\u2581\",\"prepend_scheme\":\"always\","
                + "\"split\":false}");
    assertThat(json.get("decoder").toString())
        .isEqualTo(
            "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"content\":\" \","
                + "\"pattern\":{\"String\":\"\u2581\"}},{\"type\":\"ByteFallback\"},"
                + "{\"type\":\"Fuse\"},{\"type\":\"Strip\",\"content\":\" \",\"start\":1,"
                + "\"stop\":0}]}");
    assertThat(json.get("model").toString())
        .isEqualTo(
            "{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":null,"
                + "\"continuing_subword_prefix\":null,\"end_of_word_suffix\":null,"
                + "\"fuse_unk\":true,\"byte_fallback\":true,\"ignore_merges\":false,"
                + "\"vocab\":{\"<unk>\":0,\"<s>\":1,\"</s>\":2,\"\u00e9\\n\":3},\"merges\":[]}");
    assertThat(checkpoint.tokenizer().differences())
        .containsExactly(
            "normalizer, pre-tokenizer, model settings of LlamaTokenizer",
            "tokens <unk>, <s>, </s> added");
    Checkpoint file = open(TokenizerChoice.FILE);
    assertThat(file.tokenizerJson())
        .isEqualTo(Files.readAllBytes(folder.resolve("tokenizer.json")));
    assertThat(file.tokenizer().differences()).isEqualTo(checkpoint.tokenizer().differences());
    assertThat(file.fingerprint()).isNotEqualTo(checkpoint.fingerprint());
  }

  /** Ids and scores do not depend on it: neither does the fingerprint. */
  @Test
  void takesTheDecoderOfItsClassAndLeavesTheFingerprint() throws IOException {
    String end = ", \"added_tokens\": [" + END.replace("\"special\": true", "\"special\": false");
    made("Qwen3", "{" + QWENS + end + "], ", "{\"eos_token\": \"<|endoftext|>\"}", "null");
    Checkpoint checkpoint = open(TokenizerChoice.TRANSFORMERS5);
    assertThat(checkpoint.tokenizer().differences()).isEmpty();
    assertThat(checkpoint.tokenizer().identity()).isEmpty();
    assertThat(checkpoint.fingerprint()).isEqualTo(open(TokenizerChoice.FILE).fingerprint());
    JsonNode json = JSON.readTree(checkpoint.tokenizerJson());
    assertThat(json.get("decoder").get("type").asText()).isEqualTo("ByteLevel");
    assertThat(json.get("added_tokens").toString())
        .isEqualTo(
            "[{\"id\":0,\"content\":\"<|endoftext|>\",\"single_word\":false,\"lstrip\":false,"
                + "\"rstrip\":false,\"normalized\":false,\"special\":true}]");
  }

  /** Scores of before there was a choice were computed so: a ledger may go on. */
  @ParameterizedTest
  @CsvSource({
    "Llama, {\"tokenizer_class\": \"LlamaTokenizer\"}, FILE, TRANSFORMERS5",
    "Qwen2, {\"unk_token\": null}, TRANSFORMERS5, FILE",
    "Qwen3, {\"unk_token\": null}, TRANSFORMERS5, FILE",
  })
  void leavesTheFingerprintWhereIdsAreWhatTheyWere(
      String family, String config, TokenizerChoice asEver, TokenizerChoice other)
      throws IOException {
    made(family, "{\"pre_tokenizer\": null, \"added_tokens\": [" + END + "], ", config, "null");
    assertThat(open(asEver).tokenizer().differences()).isNotEmpty();
    assertThat(open(asEver).tokenizer().identity()).isEmpty();
    assertThat(open(other).tokenizer().identity()).isPresent();
    assertThat(open(other).fingerprint()).isNotEqualTo(open(asEver).fingerprint());
  }

  /** Else a result begun before classes were followed could be finished with other prompts. */
  @Test
  void countsTokensThatOnlyTheClassKnowsWhereTheTemplatePrintsThem() throws IOException {
    String begin = "{" + QWENS + ", \"added_tokens\": [" + END + "], ";
    made("Qwen3", begin, "{\"chat_template\": \"{{ unk_token }}\"}", "null");
    Checkpoint printed = open(TokenizerChoice.TRANSFORMERS5);
    assertThat(printed.tokenizer().templateTokens()).containsEntry("unk_token", "<|endoftext|>");
    assertThat(printed.tokenizer().unsaid())
        .containsExactlyInAnyOrder("unk_token", "eos_token", "pad_token");
    Fingerprint expected = new Fingerprint();
    for (String file : List.of("config.json", "tokenizer.json", CONFIG)) {
      expected.file(file, Files.readAllBytes(folder.resolve(file)));
    }
    assertThat(expected.of(printed.tensors().values())).isNotEqualTo(printed.fingerprint());
    expected.file(
        "the class's tokens in the template",
        "unk_token <|endoftext|>\n".getBytes(StandardCharsets.UTF_8));
    assertThat(expected.of(printed.tensors().values())).isEqualTo(printed.fingerprint());
  }

  @Test
  void makesGemmasOfVocabularyAndMergesWhereNoClassIsNamed() throws IOException {
    made("Gemma", "{\"normalizer\": {\"type\": \"Lowercase\"}, ", "{}");
    JsonNode json = JSON.readTree(open(TokenizerChoice.TRANSFORMERS5).tokenizerJson());
    assertThat(json.path("normalizer"))
        .isEqualTo(
            JSON.readTree(
                "{\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"\u2581\"}"));
    assertThat(json.path("pre_tokenizer"))
        .isEqualTo(
            JSON.readTree(
                "{\"type\": \"Split\", \"pattern\": {\"String\": \" \"}, \"behavior\":"
                    + " \"MergedWithPrevious\", \"invert\": false}"));
    assertThat(json.path("model").path("byte_fallback").asBoolean()).isTrue();
    assertThat(json.path("model").path("fuse_unk").asBoolean()).isTrue();
  }

  @Test
  void refusesAClassThatIsNotFollowed() throws IOException {
    made("Llama", "{", "{\"tokenizer_class\": \"CohereTokenizerFast\"}");
    assertThat(
            catchThrowableOfType(Refused.class, () -> open(TokenizerChoice.TRANSFORMERS5))
                .problems())
        .containsExactly(
            "[tokenizer_config.json] tokenizer_class: expected one of the classes that are followed"
                + " (LlamaTokenizer, CodeLlamaTokenizer, GPT2Tokenizer, GPTNeoXTokenizer,"
                + " GemmaTokenizer, Qwen2Tokenizer); --tokenizer file takes tokenizer.json as it stands,"
                + " found CohereTokenizer");
    assertThat(open(TokenizerChoice.FILE).tokenizer().differences())
        .containsExactly("as a class that is not followed here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"auto_map\": {\"AutoTokenizer\": [\"a.B\", null]}} | [tokenizer_config.json] auto_map: expected no tokenizer of its own code, which is never run; --tokenizer file takes tokenizer.json as it stands, found one",
        "{\"init_inputs\": [1]} | [tokenizer_config.json] init_inputs: expected none; --tokenizer file takes tokenizer.json as it stands, found a list of 1",
        "{\"fast_tokenizer_files\": [\"tokenizer.4.0.0.json\"]} | [tokenizer_config.json] fast_tokenizer_files: expected tokenizer.json alone; --tokenizer file takes tokenizer.json as it stands, found tokenizer.4.0.0.json",
        "{\"split_special_tokens\": 1} | [tokenizer_config.json] split_special_tokens: expected true or false, found 1",
        "{\"tokenizer_class\": \"LlamaTokenizer\", \"legacy\": \"no\"} | [tokenizer_config.json] legacy: expected true or false, found \"no\"",
        "{\"added_tokens_decoder\": {\"x\": {\"content\": \"a\"}}} | [tokenizer_config.json] added_tokens_decoder.x: expected an id, found x",
        "{\"added_tokens_decoder\": {\"1\": {\"content\": \"a\", \"special\": 1}}} | [tokenizer_config.json] added_tokens_decoder.1: expected true or false for special, found 1",
      })
  void refusesWhatIsNotFollowed(String config, String problem) throws IOException {
    made("Llama", "{", config);
    assertThat(
            catchThrowableOfType(Refused.class, () -> open(TokenizerChoice.TRANSFORMERS5))
                .problems())
        .containsExactly(problem);
  }

  private Checkpoint open(TokenizerChoice choice) {
    return Checkpoint.open(
        folder, new Checkpoint.Reading(choice, Optional.empty(), RewardScale.RAW));
  }

  private void made(String family, String begin, String config) throws IOException {
    made(family, begin, config, "\"<unk>\"");
  }

  private void made(String family, String begin, String config, String unk) throws IOException {
    CheckpointFolder.of(folder, family + "ForCausalLM")
        .file(
            "tokenizer.json",
            begin
                + "\"version\": \"1.0\", \"model\": {\"type\": \"BPE\", \"unk_token\": "
                + unk
                + ", \"vocab\": {\"<unk>\":0,\"<s>\":1,\"</s>\":2,\"\u00e9\\n\":3}, \"merges\": []}}")
        .file(CONFIG, config)
        .write();
  }
}
