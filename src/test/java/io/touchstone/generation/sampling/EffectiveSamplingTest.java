package io.touchstone.generation.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EffectiveSamplingTest {
  private static final String LENGTH = "--max-new-tokens";
  private static final String FILE_THAT_SAMPLES =
      "{'do_sample': true, 'temperature': 0.6, 'top_k': 20, 'top_p': 0.95, 'eos_token_id': [2, 3]}";
  private static final int VOCABULARY = 100;

  @Test
  void takesTheFilesWordsWhereTheCallHasNone() throws IOException {
    assertThat(effective(FILE_THAT_SAMPLES, LENGTH, "9"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("decoding", "sampling"),
                Map.entry("temperature", "0.6"),
                Map.entry("top-k", "20"),
                Map.entry("top-p", "0.95"),
                Map.entry("min-p", "0.0"),
                Map.entry("repetition-penalty", "1.0"),
                Map.entry("seed", "0"),
                Map.entry("samples", "1"),
                Map.entry("max-new-tokens", "9"),
                Map.entry("eos-token-ids", "2, 3")));
  }

  @Test
  void takesTheCallsWordsBeforeTheFiles() throws IOException {
    String[] call = {
      LENGTH,
      "9",
      "--temperature",
      "0.8",
      "--top-k",
      "0",
      "--top-p",
      "0.5",
      "--min-p",
      "0.1",
      "--repetition-penalty",
      "1.1",
      "--seed",
      "7",
      "--samples",
      "4",
      "--stop",
      "END"
    };
    String file =
        "{'do_sample': false, 'temperature': 0.6, 'top_k': 20, 'top_p': 0.95, 'min_p': 0.2,"
            + " 'repetition_penalty': 1.3, 'num_return_sequences': 2, 'max_new_tokens': 5,"
            + " 'stop_strings': 'STOP', 'eos_token_id': 2}";
    assertThat(effective(file, call))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("decoding", "sampling"),
                Map.entry("temperature", "0.8"),
                Map.entry("top-k", "0"),
                Map.entry("top-p", "0.5"),
                Map.entry("min-p", "0.1"),
                Map.entry("repetition-penalty", "1.1"),
                Map.entry("seed", "7"),
                Map.entry("samples", "4"),
                Map.entry("max-new-tokens", "9"),
                Map.entry("stop", "END"),
                Map.entry("eos-token-ids", "2")));
  }

  @Test
  void turnsDrawsOnWithAnyFlagOfThem() throws IOException {
    for (List<String> flag :
        List.of(
            List.of("--temperature", "0.7"),
            List.of("--top-p", "0.9"),
            List.of("--top-k", "40"),
            List.of("--min-p", "0.05"))) {
      String[] call = {LENGTH, "9", flag.get(0), flag.get(1)};
      assertThat(effective("{'do_sample': false, 'eos_token_id': 2}", call))
          .containsEntry("decoding", "sampling");
    }
    assertThat(effective("{'eos_token_id': 2}", LENGTH, "9", "--repetition-penalty", "1.2"))
        .containsEntry("decoding", "greedy")
        .containsEntry("repetition-penalty", "1.2");
  }

  @Test
  void isGreedyWhereNobodyAsksForDraws() throws IOException {
    assertThat(effective("{'eos_token_id': 2}", LENGTH, "9"))
        .isEqualTo(
            Map.of(
                "decoding", "greedy",
                "repetition-penalty", "1.0",
                "samples", "1",
                "max-new-tokens", "9",
                "eos-token-ids", "2"));
    assertThat(effective(FILE_THAT_SAMPLES, LENGTH, "9", "--greedy"))
        .containsEntry("decoding", "greedy")
        .doesNotContainKey("temperature");
  }

  @Test
  void takesTransformersOwnTopKWhereNobodySaysOneAndSaysSo() throws IOException {
    String note =
        "top-k 50 is transformers' own value, as neither the call nor generation_config.json sets"
            + " one: draws are from the most probable tokens only, where vLLM's are from all;"
            + " --top-k 0 draws from all";
    for (String file :
        List.of(
            "{'do_sample': true, 'eos_token_id': 2}",
            "{'do_sample': true, 'top_k': null, 'eos_token_id': 2}")) {
      assertThat(effective(file, LENGTH, "9")).containsEntry("top-k", "50");
      assertThat(notes(file, LENGTH, "9")).containsExactly(note);
    }
    assertThat(notes("{'eos_token_id': 2}", LENGTH, "9", "--top-p", "0.9")).containsExactly(note);
    assertThat(notes("{'eos_token_id': 2}", LENGTH, "9", "--top-k", "0")).isEmpty();
    assertThat(notes("{'eos_token_id': 2}", LENGTH, "9")).isEmpty();
  }

  @Test
  void takesATemperatureOfZeroForGreedyAndSaysSo() throws IOException {
    assertThat(
            notes(
                FILE_THAT_SAMPLES,
                LENGTH,
                "9",
                "--temperature",
                "0",
                "--top-p",
                "0.9",
                "--seed",
                "3"))
        .containsExactly(
            "--temperature 0 means greedy: the most probable token each time",
            "--top-p has no effect, as answers are greedy",
            "--seed has no effect, as answers are greedy");
    assertThat(effective(FILE_THAT_SAMPLES, LENGTH, "9", "--temperature", "0"))
        .containsEntry("decoding", "greedy");
    assertThat(notes(FILE_THAT_SAMPLES, LENGTH, "9", "--greedy", "--temperature", "0")).isEmpty();
  }

  @Test
  void theFirstSampleIsGreedyWhereThatIsAskedAndTheOthersAreDrawn() throws IOException {
    assertThat(effective(FILE_THAT_SAMPLES, LENGTH, "9", "--first-greedy", "--samples", "3"))
        .containsEntry("decoding", "first greedy, others sampling")
        .containsEntry("temperature", "0.6")
        .containsEntry("seed", "0")
        .containsEntry("samples", "3");
    assertThat(effective(FILE_THAT_SAMPLES, LENGTH, "9", "--first-greedy"))
        .containsEntry("decoding", "greedy")
        .doesNotContainKey("temperature");
    assertThat(notes(FILE_THAT_SAMPLES, LENGTH, "9", "--first-greedy", "--top-p", "0.5"))
        .containsExactly("--top-p has no effect, as the only answer is greedy");
    assertThat(problems("{'eos_token_id': 2}", LENGTH, "9", "--first-greedy", "--samples", "3"))
        .containsExactly(
            "--samples: expected 1 beside greedy answers, which are the rule where neither the call"
                + " nor generation_config.json asks for draws (--temperature 1 does), as all would be"
                + " alike, found 3");
  }

  @Test
  void namesBothSidesOfAContradiction() throws IOException {
    assertThat(problems("{}", LENGTH, "9", "--greedy", "--temperature", "0.7", "--top-k", "5"))
        .containsExactly(
            "--greedy: expected no --temperature beside it, which asks for draws, found"
                + " --temperature 0.7",
            "--greedy: expected no --top-k beside it, which asks for draws, found --top-k 5");
    assertThat(problems(FILE_THAT_SAMPLES, LENGTH, "9", "--greedy", "--samples", "4"))
        .containsExactly("--samples: expected 1 beside --greedy, as all would be alike, found 4");
    assertThat(problems("{}", LENGTH, "9", "--temperature", "0", "--samples", "4"))
        .containsExactly(
            "--samples: expected 1 beside --temperature 0, which means greedy, as all would be"
                + " alike, found 4");
    assertThat(problems("{}", LENGTH, "9", "--samples", "4"))
        .containsExactly(
            "--samples: expected 1 beside greedy answers, which are the rule where neither the call"
                + " nor generation_config.json asks for draws (--temperature 1 does), as all would"
                + " be alike, found 4");
    assertThat(problems("{'num_return_sequences': 3}", LENGTH, "9"))
        .containsExactly(
            "[generation_config.json] num_return_sequences: expected 1 beside greedy answers, which"
                + " are the rule where neither the call nor generation_config.json asks for draws"
                + " (--temperature 1 does), as all would be alike, found 3");
  }

  @Test
  void refusesATemperatureOfZeroThatIsToDraw() throws IOException {
    String file = "{'do_sample': true, 'temperature': 0.0, 'top_k': 5, 'eos_token_id': 2}";
    assertThat(problems(file, LENGTH, "9"))
        .containsExactly(
            "[generation_config.json] temperature: expected a number above 0 where tokens are"
                + " drawn; --greedy takes the best one, found 0.0");
    assertThat(problems(file, LENGTH, "9", "--greedy")).isEmpty();
    assertThat(problems(file, LENGTH, "9", "--temperature", "0.5")).isEmpty();
  }

  @Test
  void refusesNumbersThatAreNone() throws IOException {
    assertThat(
            problems(
                "{}",
                LENGTH,
                "0",
                "--temperature",
                "-1",
                "--top-p",
                "1.5",
                "--top-k",
                "-1",
                "--min-p",
                "NaN",
                "--repetition-penalty",
                "0",
                "--samples",
                "0",
                "--stop",
                ""))
        .containsExactly(
            "--temperature: expected a number from 0, found -1.0",
            "--top-p: expected a number from 0 to 1, found 1.5",
            "--top-k: expected a whole number from 0, found -1",
            "--min-p: expected a number from 0 to 1, found NaN",
            "--repetition-penalty: expected a number above 0, found 0.0",
            "--samples: expected a whole number from 1, found 0",
            "--max-new-tokens: expected a whole number from 1, found 0",
            "--stop: expected a text, found an empty one");
  }

  @Test
  void refusesIdsThatTheModelDoesNotHave() throws IOException {
    assertThat(
            problems(
                "{'bad_words_ids': [[1, 100]], 'sequence_bias': [[[200], 1.0]],"
                    + " 'forced_eos_token_id': [5, 300], 'forced_bos_token_id': 4,"
                    + " 'suppress_tokens': [4, 900]}",
                LENGTH,
                "9"))
        .containsExactly(
            "[generation_config.json] sequence_bias: expected ids below the model's 100, found 200",
            "[generation_config.json] bad_words_ids: expected ids below the model's 100, found 100",
            "[generation_config.json] forced_eos_token_id: expected ids below the model's 100,"
                + " found 300",
            "[generation_config.json] forced_bos_token_id: expected an id that suppress_tokens"
                + " leaves, found [4]");
  }

  @Test
  void asksForALengthThatNobodySays() throws IOException {
    assertThat(problems("{'max_length': 4096}"))
        .containsExactly(
            "--max-new-tokens: expected how long an answer may be, as generation_config.json does"
                + " not say, found none");
    assertThat(effective("{'max_new_tokens': 7}")).containsEntry("max-new-tokens", "7");
    assertThat(effective("{'max_new_tokens': 7}", LENGTH, "9"))
        .containsEntry("max-new-tokens", "9");
  }

  @Test
  void saysWhereNothingEndsAnAnswer() throws IOException {
    assertThat(notes("{}", LENGTH, "9"))
        .containsExactly(
            "no token ends an answer: [generation_config.json] names no eos_token_id, and what"
                + " config.json names does not count, as in transformers 5.23; answers end at"
                + " --max-new-tokens or with a stop string");
    assertThat(notes("{'eos_token_id': [5, 100]}", LENGTH, "9"))
        .containsExactly(
            "[generation_config.json] eos_token_id 100 never comes: the model has 100 tokens");
    assertThat(of(GenerationConfig.ofModel(fields("{}", "config.json", new Problems()))).notes())
        .containsExactly(
            "no token ends an answer: [config.json] names no eos_token_id; answers end at"
                + " --max-new-tokens or with a stop string");
  }

  @Test
  void saysWhereAFileMeansDrawsAndDoesNotAskForThem() throws IOException {
    String note =
        "[generation_config.json] has temperature 0.6, top_p 0.9, but no do_sample: answers are"
            + " greedy as in transformers 5.23, where vLLM draws; any of --temperature, --top-p,"
            + " --top-k and --min-p turns draws on";
    String said = "'temperature': 0.6, 'top_p': 0.9, 'eos_token_id': 2}";
    assertThat(notes("{" + said, LENGTH, "9")).containsExactly(note);
    assertThat(notes("{'do_sample': false, " + said, LENGTH, "9")).isEmpty();
    assertThat(notes("{" + said, LENGTH, "9", "--greedy")).isEmpty();
  }

  @Test
  void namesEveryRuleOfTheFile() throws IOException {
    String suppressed = "7, ".repeat(99) + "7";
    assertThat(
            effective(
                "{'no_repeat_ngram_size': 3, 'bad_words_ids': [[1], [2, 3]], 'min_new_tokens': 4,"
                    + " 'sequence_bias': [[[5, 6], -2.5]], 'forced_bos_token_id': 8,"
                    + " 'forced_eos_token_id': 9, 'remove_invalid_values': true,"
                    + " 'exponential_decay_length_penalty': [10, 1.5], 'suppress_tokens': ["
                    + suppressed
                    + "], 'begin_suppress_tokens': [11], 'eos_token_id': 2}",
                LENGTH,
                "9"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("decoding", "greedy"),
                Map.entry("repetition-penalty", "1.0"),
                Map.entry("samples", "1"),
                Map.entry("max-new-tokens", "9"),
                Map.entry("eos-token-ids", "2"),
                Map.entry("no-repeat-ngram-size", "3"),
                Map.entry("bad-words-ids", "[1], [2, 3]"),
                Map.entry("min-new-tokens", "4"),
                Map.entry("sequence-bias", "[5, 6] -2.5"),
                Map.entry("forced-bos-token-id", "8"),
                Map.entry("forced-eos-token-id", "9"),
                Map.entry("remove-invalid-values", "true"),
                Map.entry("exponential-decay-length-penalty", "10 1.5"),
                Map.entry("suppress-tokens", "100 of digest 4a91e204585dc283"),
                Map.entry("begin-suppress-tokens", "11")));
    assertThat(
            effective(
                "{'do_sample': true, 'typical_p': 0.9, 'top_h': 0.4, 'epsilon_cutoff': 0.01,"
                    + " 'eta_cutoff': 0.02, 'min_length': 12, 'eos_token_id': 2}",
                LENGTH,
                "9"))
        .containsEntry("typical-p", "0.9")
        .containsEntry("top-h", "0.4")
        .containsEntry("epsilon-cutoff", "0.01")
        .containsEntry("eta-cutoff", "0.02")
        .containsEntry("min-length", "12");
  }

  @Test
  void shipsItsRulesToExecutors() throws IOException {
    SamplingRules rules = of(config(FILE_THAT_SAMPLES, new Problems())).rules();
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(rules);
    }
    assertThat(rules.decoding()).isEqualTo(new Decoding.Sampling(0.6, 0, 20, 0.95, 0, 1, 0, 0));
  }

  private static Map<String, String> effective(String file, String... call) throws IOException {
    Problems problems = new Problems();
    var effective =
        EffectiveSampling.of(Asks.of(call), config(file, problems), VOCABULARY, problems);
    problems.refuseIfAny();
    return effective.orElseThrow().effective();
  }

  private static List<String> notes(String file, String... call) throws IOException {
    Problems problems = new Problems();
    return EffectiveSampling.of(Asks.of(call), config(file, problems), VOCABULARY, problems)
        .orElseThrow()
        .notes();
  }

  private static List<String> problems(String file, String... call) throws IOException {
    Problems problems = new Problems();
    var effective =
        EffectiveSampling.of(Asks.of(call), config(file, problems), VOCABULARY, problems);
    assertThat(effective.isEmpty()).isEqualTo(!problems.isEmpty());
    return problems.found();
  }

  private static EffectiveSampling of(GenerationConfig config) {
    return EffectiveSampling.of(Asks.of(LENGTH, "9"), config, VOCABULARY, new Problems())
        .orElseThrow();
  }

  private static GenerationConfig config(String file, Problems problems) throws IOException {
    return GenerationConfig.read(fields(file, "generation_config.json", problems));
  }

  private static Fields fields(String file, String name, Problems problems) throws IOException {
    return Fields.of(
        new ObjectMapper().readTree(file.replace('\'', '"')), Problem.in(name), problems);
  }
}
