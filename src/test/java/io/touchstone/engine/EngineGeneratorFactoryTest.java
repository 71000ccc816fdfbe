package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.PromptPreparation.Unpreparable;
import io.touchstone.generation.prompt.SpelledTokens;
import io.touchstone.generation.prompt.Thinking;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.ScorerException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineGeneratorFactoryTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final GenerationEngineConfig.Run RUN =
      new GenerationEngineConfig.Run(Precision.FP32, new DeviceRule.Cpu(), new Resources(1, 0, 0));

  @TempDir Path folder;

  private static SamplingAsk newTokens(int most) {
    return new SamplingAsk(
        true,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.of(most),
        List.of());
  }

  private static GenerationEngineConfig config(
      String model, int newTokens, GenerationEngineConfig.Prompting prompting) {
    return new GenerationEngineConfig(
        REFERENCES.resolve(model),
        Checkpoint.Reading.defaults(),
        newTokens(newTokens),
        prompting,
        RUN);
  }

  private static GenerationEngineConfig config(String model, int newTokens) {
    return config(model, newTokens, GenerationEngineConfig.Prompting.defaults());
  }

  private static GenerationEngineConfig.Prompting prompting(Thinking thinking, List<Object> tools) {
    return new GenerationEngineConfig.Prompting(
        thinking, tools, SpelledTokens.AS_TEXT, LocalDate.of(2024, 7, 26));
  }

  @Test
  void namesEverythingThatKeepsAFolderFromGeneratingAtOnce() {
    GenerationEngineConfig config =
        new GenerationEngineConfig(
            REFERENCES.resolve("llama-classifier"),
            new Checkpoint.Reading(
                Checkpoint.Reading.defaults().tokenizer(),
                Optional.of("{{ messages[0].content }}"),
                Checkpoint.Reading.defaults().scale()),
            newTokens(4_096),
            prompting(Thinking.ON, List.of(Map.of("name", "look_up"))),
            new GenerationEngineConfig.Run(
                Precision.FP32, new DeviceRule.Cpu(), new Resources(1, 1 << 20, 0)));
    assertThatThrownBy(() -> EngineGeneratorFactory.of(config))
        .isInstanceOfSatisfying(
            Refused.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactly(
                        head ->
                            assertThat(head)
                                .isEqualTo(
                                    "[config.json] architectures: expected a causal model, which"
                                        + " generates; jobs/annotate scores with a classifier,"
                                        + " found LlamaForSequenceClassification"),
                        length ->
                            assertThat(length)
                                .isEqualTo(
                                    "max new tokens: expected fewer than the model's"
                                        + " max_position_embeddings, 4096, found 4096"),
                        memory ->
                            assertThat(memory)
                                .matches(
                                    "memory: expected at least \\d+ bytes for two layers of this"
                                        + " model, passes of \\d+ tokens and a row of 1024, found"
                                        + " 1048576"),
                        thinking ->
                            assertThat(thinking)
                                .isEqualTo(
                                    "thinking: expected a chat template that reads"
                                        + " enable_thinking, found one that does not name it, and"
                                        + " would ignore --thinking on"),
                        tools ->
                            assertThat(tools)
                                .isEqualTo(
                                    "tools: expected a chat template that reads tools, found one"
                                        + " that does not name them, and would ignore --tools")));
  }

  @Test
  void describesWhatAnswersDependOn() {
    var description =
        EngineGeneratorFactory.of(config("llama-causal", 100, prompting(Thinking.UNSET, List.of())))
            .description();
    assertThat(description.architecture()).isEqualTo("LlamaForCausalLM");
    assertThat(description.maxTokens()).isEqualTo(8_192);
    assertThat(description.precision()).isEqualTo("fp32");
    assertThat(description.fingerprint())
        .isEqualTo(Checkpoint.open(REFERENCES.resolve("llama-causal")).fingerprint());
    assertThat(description.effective())
        .containsEntry("decoding", "greedy")
        .containsEntry("max-new-tokens", "100")
        .containsEntry("spelled-tokens", "as text")
        .containsEntry("template-date", "2024-07-26")
        .containsEntry("thinking", "unset")
        .containsEntry("tools", "none");
  }

  @Test
  void othersToolsAreOtherSettings() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", "look_up");
    GenerationEngineConfig config =
        new GenerationEngineConfig(
            REFERENCES.resolve("llama-causal"),
            new Checkpoint.Reading(
                Checkpoint.Reading.defaults().tokenizer(),
                Optional.of("{{ tools }}"),
                Checkpoint.Reading.defaults().scale()),
            newTokens(10),
            prompting(Thinking.UNSET, List.of(one)),
            RUN);
    assertThat(EngineGeneratorFactory.of(config).description().effective().get("tools"))
        .isEqualTo("1, SHA-256 6c2cb7c03e41e043");
  }

  /** With LongRoPE the angles of all tokens are other ones as soon as a row is long. */
  @Test
  void endsRowsBeforeTheirAnglesWouldBeOtherOnes() throws IOException {
    copy("qwen3-causal");
    Path file = folder.resolve("config.json");
    List<Double> factors = Collections.nCopies(8, 2.0);
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "\"rope_scaling\": null",
                "\"rope_scaling\": {\"rope_type\": \"longrope\", \"short_factor\": "
                    + factors
                    + ", \"long_factor\": "
                    + factors
                    + ", \"original_max_position_embeddings\": 300}"));
    String most = "300 tokens, up to which the model's rotary embedding has one table of angles";
    var description =
        EngineGeneratorFactory.of(GenerationEngineConfig.defaults(folder, newTokens(299)))
            .description();
    assertThat(description.maxTokens()).isEqualTo(300);
    assertThat(description.reading().notes())
        .contains(
            "a prompt and its answer may have "
                + most
                + ", of 4,096 positions: longer rows are not generated");
    assertThatThrownBy(
            () ->
                EngineGeneratorFactory.of(GenerationEngineConfig.defaults(folder, newTokens(300))))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("max new tokens: expected fewer than " + most + ", found 300");
  }

  private void copy(String model) throws IOException {
    try (var files = Files.list(REFERENCES.resolve(model))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void opensNoOtherModelThanTheOneThatWasDescribed() throws IOException {
    copy("llama-causal");
    EngineGeneratorFactory factory =
        EngineGeneratorFactory.of(GenerationEngineConfig.defaults(folder, newTokens(5)));
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config) + "\n");
    assertThatThrownBy(factory::open)
        .isInstanceOf(ScorerException.class)
        .hasMessageContaining(
            "expected the model with fingerprint " + factory.description().fingerprint());
  }

  @Test
  void refusesToGenerateWithExperts() {
    assertThatThrownBy(() -> EngineGeneratorFactory.of(config("mixtral", 100)))
        .isInstanceOfSatisfying(
            Refused.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "[config.json] architectures: expected a model without experts, which"
                            + " generates; jobs/annotate scores with them, and a server (--endpoint)"
                            + " answers with them, found MixtralForCausalLM"));
  }

  private static Prompt question(String text) {
    return new Prompt(
        3, new Conversation(List.of(Turn.of(Role.USER, text))), false, Optional.empty());
  }

  private static Rejected rejected(PromptPreparation preparation) {
    return ((Unpreparable) preparation).rejected();
  }

  @Test
  void rejectsPromptsThatWithAnAnswerAreMoreThanTheModelTakes() {
    try (Generator generator = EngineGeneratorFactory.of(config("llama-causal", 8_150)).open()) {
      PreparedPrompt fits = (PreparedPrompt) generator.prepare(question("short"));
      assertThat(fits.ids().length).isBetween(10, 42);
      Rejected tooLong = rejected(generator.prepare(question("one two three ".repeat(20))));
      assertThat(tooLong.kind()).isEqualTo("too-many-tokens");
      assertThat(tooLong.reason())
          .matches("expected at most 42 tokens, as 8150 of 8192 are an answer's, found \\d+");
      assertThat(rejected(generator.prepare(question("a".repeat(20_000)))).reason())
          .matches(
              "expected at most 42 tokens, as 8150 of 8192 are an answer's, found a prompt of"
                  + " 20\\d+ characters, more than 256 for each");
    }
  }

  @Test
  void rejectsPromptsThatWithAnAnswerAreMoreThanTheMemoryHolds() {
    EngineGeneratorFactory ample = EngineGeneratorFactory.of(config("llama-causal", 100));
    GenerationMemory memory = ample.memory().orElseThrow();
    assertThat(memory.passTokens()).isGreaterThan(100);
    GenerationEngineConfig tight =
        new GenerationEngineConfig(
            REFERENCES.resolve("llama-causal"),
            Checkpoint.Reading.defaults(),
            newTokens(1_500),
            GenerationEngineConfig.Prompting.defaults(),
            new GenerationEngineConfig.Run(
                Precision.FP32,
                new DeviceRule.Cpu(),
                new Resources(1, least() + memory.bytes(600), 0)));
    try (Generator generator = EngineGeneratorFactory.of(tight).open()) {
      Rejected tooLarge = rejected(generator.prepare(question("one two three ".repeat(100))));
      assertThat(tooLarge.kind()).isEqualTo("too-large-for-memory");
      assertThat(tooLarge.reason())
          .matches(
              "expected at most \\d+ tokens, which fit \\d+ bytes of memory, found \\d+, which"
                  + " take \\d+");
    }
  }

  /** The least memory that this model asks for, as the refusal tells. */
  private static long least() {
    try {
      EngineGeneratorFactory.of(
          new GenerationEngineConfig(
              REFERENCES.resolve("llama-causal"),
              Checkpoint.Reading.defaults(),
              newTokens(5),
              GenerationEngineConfig.Prompting.defaults(),
              new GenerationEngineConfig.Run(
                  Precision.FP32, new DeviceRule.Cpu(), new Resources(1, 1, 0))));
      throw new AssertionError("expected a refusal");
    } catch (Refused refused) {
      return Long.parseLong(refused.problems().get(0).replaceAll("\\D*(\\d+).*", "$1"));
    }
  }

  @Test
  void aShippedRecipeAnswersAsTheOneItWasMadeFrom() throws Exception {
    EngineGeneratorFactory factory =
        EngineGeneratorFactory.of(config("qwen3-causal", 12, prompting(Thinking.UNSET, List.of())));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(factory);
    }
    GeneratorFactory shipped;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      shipped = (GeneratorFactory) in.readObject();
    }
    assertThat(shipped.description()).isEqualTo(factory.description());
    AnsweredPrompt answered = answer(factory);
    assertThat(answered).isInstanceOf(AnsweredPrompt.Answered.class);
    assertThat(((AnsweredPrompt.Answered) answer(shipped)).answers())
        .isEqualTo(((AnsweredPrompt.Answered) answered).answers());
  }

  private static AnsweredPrompt answer(GeneratorFactory factory) throws InterruptedException {
    try (Generator generator = factory.open();
        GenerationSession session = generator.session()) {
      return session.alone((PreparedPrompt) generator.prepare(question("<|im_end|> Why?")));
    }
  }

  @Test
  void spelledTokensAreTextWhereThatIsAskedFor() {
    Prompt spelled = question("a<|im_end|>b");
    try (Generator asTokens = EngineGeneratorFactory.of(config("qwen3-causal", 5)).open();
        Generator asText =
            EngineGeneratorFactory.of(
                    config("qwen3-causal", 5, prompting(Thinking.UNSET, List.of())))
                .open()) {
      PreparedPrompt tokens = (PreparedPrompt) asTokens.prepare(spelled);
      PreparedPrompt text = (PreparedPrompt) asText.prepare(spelled);
      assertThat(tokens.specialTokensInText()).isEqualTo(1);
      assertThat(text.specialTokensInText()).isEqualTo(1);
      assertThat(text.ids().length).isGreaterThan(tokens.ids().length);
    }
  }
}
