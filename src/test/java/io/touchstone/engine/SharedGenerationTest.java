package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.MambaSteps;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.Answer;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.prompt.SpelledTokens;
import io.touchstone.generation.prompt.Thinking;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.generation.text.ThoughtSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prompts of the shared generation fixtures, answered through the factory as transformers 5.23.0
 * answers them in float64, one at a time.
 */
@EnabledIfSystemProperty(named = "touchstone.fixtures", matches = ".+")
final class SharedGenerationTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NEW_TOKENS = 48;

  private static Path fixtures() {
    return Path.of(System.getProperty("touchstone.fixtures"), "generation");
  }

  private static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(fixtures().resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static EngineGeneratorFactory factory(
      String model, Thinking thinking, MambaSteps steps, SamplingAsk ask) {
    GenerationEngineConfig.Prompting prompting = GenerationEngineConfig.Prompting.defaults();
    return EngineGeneratorFactory.of(
        new GenerationEngineConfig(
            fixtures().resolve("models").resolve(model),
            Checkpoint.Reading.defaults().with(steps),
            ask,
            new GenerationEngineConfig.Prompting(
                thinking, List.of(), SpelledTokens.AS_TOKENS, prompting.templateDate()),
            new GenerationEngineConfig.Run(
                Precision.FP32, new DeviceRule.Cpu(), new Resources(2, 0, 0))));
  }

  private static SamplingAsk greedy() {
    return new SamplingAsk(
        true,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.of(NEW_TOKENS),
        List.of());
  }

  private static SamplingAsk draws(int samples, long seed) {
    return new SamplingAsk(
        false,
        OptionalDouble.of(0.7),
        OptionalDouble.of(0.9),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.of(seed),
        OptionalInt.of(samples),
        OptionalInt.of(NEW_TOKENS),
        List.of());
  }

  private static Prompt prompt(int line, JsonNode row) {
    List<Turn> turns = new ArrayList<>();
    for (JsonNode message : row.get("messages")) {
      turns.add(
          Turn.of(Role.of(message.get("role").textValue()), message.get("content").textValue()));
    }
    List<Object> tools = new ArrayList<>();
    row.path("tools").forEach(tool -> tools.add(JSON.convertValue(tool, LinkedHashMap.class)));
    return new Prompt(line, new Conversation(turns, tools), false, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "llama-edit,greedy,UNSET,PUBLISHED",
    "qwen3-thinking,thinking,UNSET,PUBLISHED",
    "qwen3-thinking,no-thinking,OFF,PUBLISHED",
    "nemotron-nano,thinking.as-published,UNSET,PUBLISHED",
    "nemotron-nano,thinking.as-published,ON,PUBLISHED",
    "nemotron-nano,no-thinking.as-published,OFF,PUBLISHED",
    "nemotron-nano,thinking,UNSET,TRANSFORMERS5",
    "nemotron-nano,no-thinking,OFF,TRANSFORMERS5",
  })
  void answersAsTransformersDoes(String model, String expected, Thinking thinking, MambaSteps steps)
      throws Exception {
    Map<String, JsonNode> rows = new HashMap<>();
    lines("cases/prompts.jsonl").forEach(row -> rows.put(row.get("id").textValue(), row));
    List<JsonNode> answers = lines("models/expected/" + model + "." + expected + ".jsonl");
    try (Generator generator = factory(model, thinking, steps, greedy()).open();
        GenerationSession session = generator.session()) {
      generator.ready();
      assertThat(generator.keepsBits()).isTrue();
      for (int line = 0; line < answers.size(); line++) {
        JsonNode answer = answers.get(line);
        PreparedPrompt prompt =
            (PreparedPrompt)
                generator.prepare(prompt(line, rows.get(answer.get("id").textValue())));
        assertThat(prompt.ids())
            .as(answer.get("id").textValue())
            .isEqualTo(JSON.convertValue(answer.get("prompt_ids"), int[].class));
        session.start(prompt);
      }
      int finished = 0;
      while (session.counts().alive() > 0) {
        for (AnsweredPrompt one : session.await()) {
          JsonNode answer = answers.get((int) one.prompt().prompt().line());
          equals(((AnsweredPrompt.Answered) one).answers(), answer, one.prompt().opensThought());
          finished++;
        }
      }
      assertThat(finished).isEqualTo(answers.size());
    }
  }

  private static void equals(List<Answer> answers, JsonNode expected, boolean opened) {
    String id = expected.get("id").textValue();
    assertThat(answers).hasSize(1);
    Answer answer = answers.get(0);
    ThoughtSplit split = ThoughtSplit.of(expected.get("text").textValue(), opened);
    assertThat(answer.response()).as(id).isEqualTo(split.response());
    assertThat(answer.thought()).as(id).isEqualTo(split.thought());
    assertThat(answer.finish().word()).as(id).isEqualTo(expected.get("finish").textValue());
    assertThat(answer.tokens()).as(id).isEqualTo(expected.get("ids").size());
    double sum = 0;
    for (JsonNode logprob : expected.get("logprobs")) {
      sum += logprob.doubleValue();
    }
    assertThat(answer.logprobSum()).as(id).isCloseTo(sum, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-edit", "qwen3-thinking", "nemotron-nano"})
  void samplesAreTheSameInAnyOrderWithAnyThreadsAndMemory(String model) throws Exception {
    List<JsonNode> rows = lines("cases/prompts.jsonl");
    Map<Integer, List<Answer>> first =
        sampled(factory(model, Thinking.UNSET, MambaSteps.PUBLISHED, draws(3, 7)), rows, 1);
    assertThat(sampled(factory(model, Thinking.UNSET, MambaSteps.PUBLISHED, draws(3, 7)), rows, 2))
        .isEqualTo(first);
    assertThat(sampled(factory(model, Thinking.UNSET, MambaSteps.PUBLISHED, draws(3, 8)), rows, 1))
        .isNotEqualTo(first);
    assertThat(first).hasSizeGreaterThan(8);
    assertThat(first.values()).allMatch(answers -> answers.stream().distinct().count() == 3);
  }

  private static Map<Integer, List<Answer>> sampled(
      EngineGeneratorFactory factory, List<JsonNode> rows, long order) throws Exception {
    List<Integer> shuffled = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      shuffled.add(row);
    }
    Collections.shuffle(shuffled, new Random(order));
    Map<Integer, List<Answer>> answers = new HashMap<>();
    try (Generator generator = factory.open();
        GenerationSession session = generator.session()) {
      for (int row : shuffled) {
        if (generator.prepare(prompt(row, rows.get(row))) instanceof PreparedPrompt prompt) {
          if (row % 4 == order % 4) {
            add(session.alone(prompt), answers);
          } else {
            session.start(prompt);
            session.await().forEach(one -> add(one, answers));
          }
        }
      }
      while (session.counts().alive() > 0) {
        session.await().forEach(one -> add(one, answers));
      }
    }
    return answers;
  }

  private static void add(AnsweredPrompt one, Map<Integer, List<Answer>> to) {
    to.put((int) one.prompt().prompt().line(), ((AnsweredPrompt.Answered) one).answers());
  }
}
