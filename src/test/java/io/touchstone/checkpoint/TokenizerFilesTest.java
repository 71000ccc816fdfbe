package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.problem.Refused;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates and special tokens, as transformers 5.23.0 finds them. */
final class TokenizerFilesTest {
  private static final String CONFIG = "tokenizer_config.json";
  private static final String MAP = "special_tokens_map.json";
  private static final String TEMPLATE = "chat_template.jinja";

  @TempDir private Path folder;

  @Test
  void takesTheTemplateOfTheConfig() throws IOException {
    assertThat(open(CONFIG, "{\"chat_template\": \"T\\r\\n\"}").chatTemplate()).hasValue("T\r\n");
  }

  @Test
  void prefersTheTemplateThatIsAFileWithItsLineEndsAsPythonReadsThem() throws IOException {
    CheckpointFolder made =
        made().file(CONFIG, "{\"chat_template\": \"T\"}").file(TEMPLATE, "a\r\nb\rc\n");
    assertThat(Checkpoint.open(made.write()).chatTemplate()).hasValue("a\nb\nc\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"name\": \"tool_use\", \"template\": \"T\"}, {\"name\": \"default\", \"template\": \"D\"}]",
        "{\"tool_use\": \"T\", \"default\": \"D\"}",
      })
  void takesTheDefaultOfSeveralTemplates(String templates) throws IOException {
    assertThat(open(CONFIG, "{\"chat_template\": " + templates + "}").chatTemplate()).hasValue("D");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}",
        "{\"chat_template\": null}",
        "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"T\"}]}",
      })
  void hasNoTemplateWhereThereIsNone(String config) throws IOException {
    assertThat(open(CONFIG, config).chatTemplate()).isEmpty();
  }

  @Test
  void prefersTheAdditionalTemplateThatIsTheDefault() throws IOException {
    made().file(CONFIG, "{\"chat_template\": \"T\"}").file(TEMPLATE, "F").write();
    additional("default", "X\r\n");
    additional("tool_use", "Y");
    assertThat(Checkpoint.open(folder).chatTemplate()).hasValue("X\n");
    assertThat(Checkpoint.open(folder).toolTemplate()).hasValue("Y");
    assertThat(
            Checkpoint.open(
                    folder,
                    new Checkpoint.Reading(
                        TokenizerChoice.TRANSFORMERS5, Optional.of("G"), RewardScale.RAW))
                .toolTemplate())
        .isEmpty();
  }

  @Test
  void readsTheTemplateForToolsOfSeveralNamedOnes() throws IOException {
    String config =
        """
        {"chat_template": [{"name": "tool_use", "template": "T"}, {"name": "default", "template": "D"}]}""";
    assertThat(open(CONFIG, config).chatTemplate()).hasValue("D");
    assertThat(open(CONFIG, config).toolTemplate()).hasValue("T");
    assertThat(open(CONFIG, "{\"chat_template\": \"D\"}").toolTemplate()).isEmpty();
  }

  @Test
  void letsAdditionalTemplatesStandBeforeTheConfigs() throws IOException {
    made().file(CONFIG, "{\"chat_template\": \"T\"}").write();
    additional("tool_use", "Y");
    Checkpoint checkpoint = Checkpoint.open(folder);
    assertThat(checkpoint.chatTemplate()).isEmpty();
    assertThat(checkpoint.templateNames()).containsExactly("tool_use");
    Files.writeString(folder.resolve(TEMPLATE), "F");
    assertThat(Checkpoint.open(folder).chatTemplate()).hasValue("F");
  }

  @Test
  void countsTheTemplateThatWasGivenInPlaceOfTheFolders() throws IOException {
    made().file(CONFIG, "{\"chat_template\": \"T\"}").write();
    Checkpoint own = Checkpoint.open(folder);
    Checkpoint other =
        Checkpoint.open(
            folder,
            new Checkpoint.Reading(
                TokenizerChoice.TRANSFORMERS5, Optional.of("G"), RewardScale.RAW));
    assertThat(other.chatTemplate()).hasValue("G");
    assertThat(other.fingerprint()).isNotEqualTo(own.fingerprint());
  }

  private void additional(String name, String template) throws IOException {
    Path templates = folder.resolve("additional_chat_templates");
    Files.createDirectories(templates);
    Files.writeString(templates.resolve(name + ".jinja"), template);
  }

  @Test
  void readsSpecialTokensOfBothForms() throws IOException {
    Checkpoint checkpoint =
        open(
            CONFIG,
            """
            {"bos_token": "<s>", "eos_token": {"__type": "AddedToken", "content": "</s>"},
             "unk_token": null, "pad_token": "", "image_token": "<i>", "clean": true,
             "additional_special_tokens": ["<u>"], "extra_special_tokens": {"eot_token": "<e>"}}""");
    assertThat(checkpoint.tokenizer().templateTokens())
        .isEqualTo(
            Map.of(
                "bos_token",
                "<s>",
                "eos_token",
                "</s>",
                "pad_token",
                "",
                "image_token",
                "<i>",
                "eot_token",
                "<e>"));
  }

  @Test
  void letsTheMapStandBeforeTheConfig() throws IOException {
    CheckpointFolder made =
        made()
            .file(CONFIG, "{\"bos_token\": \"A\", \"unk_token\": \"U\", \"pad_token\": \"P\"}")
            .file(MAP, "{\"bos_token\": {\"content\": \"B\"}, \"pad_token\": null}");
    assertThat(Checkpoint.open(made.write()).tokenizer().templateTokens())
        .isEqualTo(Map.of("bos_token", "B", "unk_token", "U"));
  }

  @Test
  void ignoresTheMapWhereTheConfigHasTheAddedTokens() throws IOException {
    CheckpointFolder made =
        made()
            .file(CONFIG, "{\"bos_token\": \"A\", \"added_tokens_decoder\": {}}")
            .file(MAP, "{\"bos_token\": \"B\", \"eos_token\": \"E\"}");
    assertThat(Checkpoint.open(made.write()).tokenizer().templateTokens())
        .isEqualTo(Map.of("bos_token", "A"));
  }

  @Test
  void listsTheTextsThatBecomeSpecialTokens() throws IOException {
    Checkpoint checkpoint =
        open(
            "tokenizer.json",
            """
            {"model": {"vocab": {"a": 0}}, "more": [1, {"added_tokens": [1]}], "added_tokens": [
              {"id": 1, "content": "<a>", "special": true, "other": {"special": false}},
              {"id": 2, "content": "<b>", "special": false},
              {"special": true, "content": "<c>"}]}""");
    assertThat(checkpoint.tokenizer().specialTexts()).containsExactly("<a>", "<c>", "<|end|>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tokenizer_config.json | [] | [tokenizer_config.json] expected a JSON object, found a list of 0",
        "tokenizer_config.json | {\"chat_template\": 3} | [tokenizer_config.json] chat_template: expected a text, or named ones, found 3",
        "tokenizer_config.json | {\"chat_template\": {\"default\": 3}} | [tokenizer_config.json] chat_template: expected a text, or named ones, found 3",
        "tokenizer_config.json | {\"bos_token\": 3} | `[tokenizer_config.json] bos_token: expected a text, or an object with __type AddedToken and content, found 3`",
        "special_tokens_map.json | {\"eos_token\": {}} | [special_tokens_map.json] eos_token: expected a text or an object with content, found an object",
        "tokenizer.json | [] | [tokenizer.json] expected a JSON object, found something else",
        "tokenizer.json | {} | [tokenizer.json] model: expected an object, found none",
        "tokenizer.json | {\"model\": {}, \"added_tokens\": [7]} | [tokenizer.json] added_tokens: expected objects, found something else",
        "tokenizer.json | {\"model\": {} | [tokenizer.json] expected JSON, found at line 1, column 13: Unexpected end-of-input: expected close marker for Object",
        "tokenizer.json | {\"model\": {}, \"decoder\": {\"type\": \"\\uD800\"}} | `[tokenizer.json] decoder: expected whole characters, finite numbers and at most 64 levels, found something else`",
        "tokenizer.json | {\"model\": {}, \"decoder\": [1e999]} | `[tokenizer.json] decoder: expected whole characters, finite numbers and at most 64 levels, found something else`",
        "tokenizer.json | {\"model\": {\"continuing_subword_prefix\": \"##\"}} | [tokenizer.json] model.continuing_subword_prefix: expected none in a model of type BPE, found one of 2 characters",
      })
  void refuses(String file, String content, String problem) throws IOException {
    assertThat(problems(made().file(file, content)).get(0)).isEqualTo(problem);
  }

  @Test
  void refusesMissingFiles() throws IOException {
    assertThat(problems(made().withoutFile(CONFIG).withoutFile("tokenizer.json")))
        .containsExactly(
            "[tokenizer_config.json] expected a file, found none",
            "[tokenizer.json] expected a file, found none");
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    CheckpointFolder made = made().withoutFile(CONFIG).withoutFile("tokenizer.json");
    Files.createDirectories(folder.resolve(CONFIG));
    Files.createDirectories(folder.resolve("tokenizer.json"));
    assertThat(problems(made))
        .containsExactly(
            "[tokenizer_config.json] expected a file, found something else",
            "[tokenizer.json] expected a file, found something else");
  }

  @Test
  void refusesATemplateThatIsNoUtf8() throws IOException {
    made().write();
    Files.write(folder.resolve(TEMPLATE), "ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems())
        .containsExactly("[chat_template.jinja] expected UTF-8, found other bytes");
  }

  @Test
  void refusesATemplateOverAMebibyte() throws IOException {
    String template = "x".repeat((1 << 20) + 1);
    assertThat(problems(made().file(TEMPLATE, template)))
        .containsExactly("[chat_template.jinja] expected at most 1048576 bytes, found more");
    Files.delete(folder.resolve(TEMPLATE));
    Files.writeString(folder.resolve(CONFIG), "{\"chat_template\": \"" + template + "\"}");
    assertThat(problems())
        .containsExactly(
            "[tokenizer_config.json] chat_template: expected at most 1048576 characters, found"
                + " 1048577");
  }

  private CheckpointFolder made() {
    return CheckpointFolder.of(folder, "LlamaForCausalLM");
  }

  private Checkpoint open(String file, String content) throws IOException {
    return Checkpoint.open(made().file(file, content).write());
  }

  private List<String> problems(CheckpointFolder made) throws IOException {
    made.write();
    return problems();
  }

  private List<String> problems() {
    return catchThrowableOfType(Refused.class, () -> Checkpoint.open(folder)).problems();
  }
}
