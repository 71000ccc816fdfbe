package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.checkpoint.config.GenerationConfig.Lengths;
import io.touchstone.checkpoint.config.GenerationConfig.Warpers;
import io.touchstone.checkpoint.config.LogitRules;
import io.touchstone.checkpoint.config.LogitRules.LengthDecay;
import io.touchstone.checkpoint.config.LogitRules.SequenceBias;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a folder says of generation. */
final class GenerationConfigTest {
  private static final Warpers NO_WARPERS =
      new Warpers(
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
  private static final Lengths NO_LENGTHS =
      new Lengths(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 0);

  @TempDir private Path path;
  private CheckpointFolder folder;

  @BeforeEach
  void aFolder() {
    folder = CheckpointFolder.of(path, "LlamaForCausalLM");
  }

  @Test
  void readsWhatDecidesTokens() throws IOException {
    assertThat(
            read(
                """
                {"bos_token_id": 1, "eos_token_id": [2, 3], "pad_token_id": 0, "do_sample": true,
                 "temperature": 0.6, "top_h": 0.4, "top_k": 20, "top_p": 0.95, "min_p": 0.01,
                 "typical_p": 0.9, "epsilon_cutoff": 0.001, "eta_cutoff": 0.002,
                 "max_new_tokens": 100, "max_length": 200, "min_new_tokens": 3, "min_length": 7,
                 "num_return_sequences": 4, "stop_strings": ["END", "STOP"],
                 "sequence_bias": [[[5, 6], -2.5], [[7], 1]], "repetition_penalty": 1.1,
                 "no_repeat_ngram_size": 3, "bad_words_ids": [[1], [2, 3]],
                 "forced_bos_token_id": 8, "forced_eos_token_id": 9,
                 "remove_invalid_values": true, "exponential_decay_length_penalty": [10, 1.5],
                 "suppress_tokens": [11, 12], "begin_suppress_tokens": [13],
                 "transformers_version": "4.57.0"}
                """))
        .isEqualTo(
            new GenerationConfig(
                "generation_config.json",
                List.of(2, 3),
                OptionalInt.of(4),
                List.of("END", "STOP"),
                new Lengths(OptionalInt.of(100), OptionalInt.of(200), OptionalInt.of(3), 7),
                new Warpers(
                    Optional.of(true),
                    OptionalDouble.of(0.6),
                    OptionalDouble.of(0.4),
                    OptionalInt.of(20),
                    OptionalDouble.of(0.95),
                    OptionalDouble.of(0.01),
                    OptionalDouble.of(0.9),
                    OptionalDouble.of(0.001),
                    OptionalDouble.of(0.002)),
                new LogitRules(
                    List.of(new SequenceBias(List.of(5, 6), -2.5), new SequenceBias(List.of(7), 1)),
                    1.1,
                    3,
                    List.of(List.of(1), List.of(2, 3)),
                    List.of(8),
                    List.of(9),
                    true,
                    new LengthDecay(10, 1.5),
                    List.of(11, 12),
                    List.of(13))));
  }

  @Test
  void takesNullForWhatIsNotThere() throws IOException {
    String nulls =
        List.of("do_sample", "temperature", "top_k", "top_p", "min_p", "eos_token_id", "num_beams")
            .toString()
            .replaceAll("(\\w+)", "\"$1\": null")
            .replace('[', '{')
            .replace(']', '}');
    assertThat(read(nulls))
        .isEqualTo(
            new GenerationConfig(
                "generation_config.json",
                List.of(),
                OptionalInt.empty(),
                List.of(),
                NO_LENGTHS,
                NO_WARPERS,
                LogitRules.NONE))
        .isEqualTo(read("{}"));
  }

  @Test
  void doesNotTakeTheEndFromTheModelBesideAFileThatNamesNone() throws IOException {
    folder.set("eos_token_id", "[2, 14]");
    assertThat(read("{\"do_sample\": true}").eosIds()).isEmpty();
  }

  @Test
  void takesTheEndFromTheModelWithoutAFile() throws IOException {
    folder.set("eos_token_id", "[2, 14]").write();
    assertThat(Checkpoint.open(path).generationConfig())
        .isEqualTo(
            new GenerationConfig(
                "config.json",
                List.of(2, 14),
                OptionalInt.empty(),
                List.of(),
                NO_LENGTHS,
                NO_WARPERS,
                LogitRules.NONE));
  }

  @Test
  void refusesParametersInTheModelsConfigAsTransformersDoes() throws IOException {
    folder.set("temperature", "0.6").set("max_length", "20").set("top_k", "null").write();
    assertThat(problems())
        .containsExactly(
            "[config.json] max_length: expected none, as transformers 5.23 takes it from"
                + " generation_config.json alone, found 20",
            "[config.json] temperature: expected none, as transformers 5.23 takes it from"
                + " generation_config.json alone, found 0.6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "num_beams | 4 | '1, as nothing else is supported, found 4'",
        "num_beam_groups | 2 | '1, as nothing else is supported, found 2'",
        "penalty_alpha | 0.6 | '0, as nothing else is supported, found 0.6'",
        "guidance_scale | 1.5 | '1, as nothing else is supported, found 1.5'",
        "encoder_repetition_penalty | 1.2 | '1, as nothing else is supported, found 1.2'",
        "encoder_no_repeat_ngram_size | 3 | '0, as nothing else is supported, found 3'",
        "token_healing | true | 'false, as nothing else is supported, found true'",
        "watermarking_config | {} | 'none, as it is not supported, found an object'",
        "constraints | [] | 'none, as it is not supported, found a list of 0'",
        "force_words_ids | [[1]] | 'none, as it is not supported, found a list of 1'",
        "dola_layers | \"high\" | 'none, as it is not supported, found \"high\"'",
        "max_time | 1.5 | 'none, as it is not supported, found 1.5'",
        "cache_implementation | \"quantized\""
            + " | 'one that keeps keys and values as they are, found \"quantized\"'",
      })
  void refusesWhatWouldMakeOtherTokens(String key, String value, String expected)
      throws IOException {
    folder.file("generation_config.json", "{\"" + key + "\": " + value + "}").write();
    assertThat(problems())
        .containsExactly("[generation_config.json] " + key + ": expected " + expected);
  }

  @Test
  void takesModesThatAreOffForNone() throws IOException {
    assertThat(
            read(
                """
                {"num_beams": 1, "num_beam_groups": 1, "penalty_alpha": 0.0, "guidance_scale": 1.0,
                 "encoder_repetition_penalty": 1.0, "encoder_no_repeat_ngram_size": 0,
                 "token_healing": false, "watermarking_config": null, "length_penalty": 2.0,
                 "early_stopping": true, "use_cache": false, "cache_implementation": "hybrid",
                 "renormalize_logits": true, "output_scores": true, "somebodys_own": [1]}
                """))
        .isEqualTo(read("{}"));
  }

  @Test
  void listsEveryProblem() throws IOException {
    folder
        .file(
            "generation_config.json",
            """
            {"eos_token_id": "</s>", "temperature": -1, "top_k": 2.5, "top_p": 1.5, "min_p": "0.1",
             "typical_p": 0, "do_sample": "yes", "max_new_tokens": 0, "bad_words_ids": [[1], []],
             "suppress_tokens": 5, "sequence_bias": {"5": 1.0}, "repetition_penalty": 0,
             "exponential_decay_length_penalty": [1], "stop_strings": [1], "num_beams": 2}
            """)
        .write();
    assertThat(problems())
        .containsExactly(
            "[generation_config.json] num_beams: expected 1, as nothing else is supported, found 2",
            "[generation_config.json] eos_token_id: expected an id or a list of ids, found"
                + " \"</s>\"",
            "[generation_config.json] stop_strings: expected texts, none of them empty, found a"
                + " list of 1",
            "[generation_config.json] max_new_tokens: expected a whole number from 1, found 0",
            "[generation_config.json] do_sample: expected true or false, found \"yes\"",
            "[generation_config.json] temperature: expected a number from 0, found -1",
            "[generation_config.json] top_k: expected a whole number from 0, found 2.5",
            "[generation_config.json] top_p: expected a number from 0 to 1, found 1.5",
            "[generation_config.json] min_p: expected a number from 0 to 1, found \"0.1\"",
            "[generation_config.json] typical_p: expected a number above 0, found 0",
            "[generation_config.json] sequence_bias: expected pairs of a list of ids and a number,"
                + " found an object",
            "[generation_config.json] repetition_penalty: expected a positive number, found 0",
            "[generation_config.json] bad_words_ids: expected lists of ids, found a list of 2",
            "[generation_config.json] exponential_decay_length_penalty: expected a number of tokens"
                + " and a factor, found a list of 1",
            "[generation_config.json] suppress_tokens: expected a list of ids, found 5");
  }

  @Test
  void readsNoFileThatIsTooLargeOrNoObject() throws IOException {
    folder.file("generation_config.json", " ".repeat(FolderFiles.MAX_JSON_BYTES + 1)).write();
    assertThat(problems())
        .containsExactly("[generation_config.json] expected at most 16777216 bytes, found more");
    folder.file("generation_config.json", "[]").write();
    assertThat(problems())
        .containsExactly("[generation_config.json] expected a JSON object, found a list of 0");
  }

  @Test
  void leavesTheFingerprintOfScoresAsItIs() throws IOException {
    folder.write();
    String before = Checkpoint.open(path).fingerprint();
    folder.file("generation_config.json", "{\"num_beams\": 4}").write();
    assertThat(Checkpoint.open(path).fingerprint()).isEqualTo(before);
  }

  @Test
  void refusesTokenizersThatMakeOtherTextsInTransformers() throws IOException {
    String config = "{\"eos_token\": \"<|end|>\", \"chat_template\": \"{{ messages }}\", %s}";
    String cleaned = "\"clean_up_tokenization_spaces\": true";
    folder.file("tokenizer_config.json", config.formatted(cleaned)).write();
    assertThat(Checkpoint.open(path).generationConfig().eosIds()).isEmpty();
    folder
        .file(
            "tokenizer_config.json",
            config.formatted(
                cleaned
                    + ", \"clean_up_tokenization_spaces_for_bpe_even_though_it_will_corrupt_output\""
                    + ": true"))
        .write();
    assertThat(problems())
        .containsExactly(
            "[tokenizer_config.json] clean_up_tokenization_spaces: expected false, as texts are not"
                + " cleaned up, found true");
  }

  @Test
  void refusesTokenizersThatDoNotKnowSpecialTokensInAnswers() throws IOException {
    folder
        .file(
            "tokenizer.json",
            """
            {"version": "1.0", "added_tokens": [{"id": 14, "content": "<|end|>", "special": true}],
             "model": {"type": "BPE", "vocab": {"a": 0, "<|end|>": 14}, "merges": []}}
            """)
        .file(
            "tokenizer_config.json",
            "{\"eos_token\": \"<|end|>\", \"chat_template\": \"{{ messages }}\","
                + " \"split_special_tokens\": true}")
        .write();
    assertThat(problems())
        .containsExactly(
            "[tokenizer_config.json] split_special_tokens: expected false, as answers would show"
                + " special tokens, found true");
  }

  private GenerationConfig read(String file) throws IOException {
    folder.file("generation_config.json", file).write();
    return Checkpoint.open(path).generationConfig();
  }

  private List<String> problems() {
    Refused refused =
        catchThrowableOfType(Refused.class, () -> Checkpoint.open(path).generationConfig());
    return refused.problems();
  }
}
