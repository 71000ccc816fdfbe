package io.touchstone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.Answer;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.Logits;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.sampling.SamplingAsk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A warm generator that another process asks over standard input: so benchmarks/generate.py can let
 * it take turns with other programs.
 *
 * <pre>
 * java @jobs/lib/jvm.options -cp … io.touchstone.engine.GenerationConsole MODEL_FOLDER THREADS
 * </pre>
 *
 * <p>One question a line, one line of JSON as the answer. {@code read FILE} reads rows of {@code
 * messages} and answers the token ids of their prompts, {@code {"rows": [[ids]…]}}; {@code generate
 * TOKENS SAMPLES} answers them, greedily where one sample is asked for, with at most so many tokens
 * each, {@code {"seconds", "cpu", "computed", "answers": [[{"tokens", "text"}]…]}}; {@code bare
 * TOKENS ROWS} runs the first prompt once and steps of so many rows behind it, with nothing around
 * the model, {@code {"seconds", "cpu"}}; {@code ceiling} answers {@code {"gflops"}} of fp32 matrix
 * products at the model's shapes.
 */
final class GenerationConsole {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path model;
  private final int threads;
  private final GemmCeiling gemm;
  private List<Prompt> prompts = List.of();

  /** The one of the last question: opening it does not count. */
  private Generator generator;

  private String asked = "";

  private GenerationConsole(Path model, int threads) {
    this.model = model;
    this.threads = threads;
    this.gemm = new GemmCeiling(Checkpoint.open(model).decoder(), threads);
    this.generator = opened(1, 1);
  }

  public static void main(String[] args) throws Exception {
    GenerationConsole console = new GenerationConsole(Path.of(args[0]), Integer.parseInt(args[1]));
    try (BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String question;
      while ((question = questions.readLine()) != null) {
        System.out.println(JSON.writeValueAsString(console.answer(question)));
      }
    }
    System.exit(0);
  }

  private Map<String, Object> answer(String question) throws Exception {
    String[] words = question.split(" ", -1);
    return switch (words[0]) {
      case "read" -> read(Path.of(words[1]));
      case "generate" -> generate(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      case "bare" -> bare(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      case "ceiling" -> Map.of("gflops", gemm.rate());
      default -> throw new IllegalArgumentException("expected a question, found " + question);
    };
  }

  private Map<String, Object> read(Path file) throws IOException {
    List<Prompt> read = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<Turn> turns = new ArrayList<>();
      for (JsonNode message : JSON.readTree(line).get("messages")) {
        turns.add(
            Turn.of(Role.of(message.get("role").textValue()), message.get("content").textValue()));
      }
      read.add(new Prompt(read.size(), new Conversation(turns), false, Optional.empty()));
    }
    prompts = read;
    return Map.of("rows", read.stream().map(prompt -> prepared(prompt).ids()).toList());
  }

  private PreparedPrompt prepared(Prompt prompt) {
    return (PreparedPrompt) generator.prepare(prompt);
  }

  private Generator opened(int tokens, int samples) {
    SamplingAsk ask =
        new SamplingAsk(
            samples == 1,
            samples == 1 ? OptionalDouble.empty() : OptionalDouble.of(1),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalInt.of(samples),
            OptionalInt.of(tokens),
            List.of());
    Generator opened =
        EngineGeneratorFactory.of(
                new GenerationEngineConfig(
                    model,
                    Checkpoint.Reading.defaults(),
                    ask,
                    GenerationEngineConfig.Prompting.defaults(),
                    new GenerationEngineConfig.Run(
                        Precision.FP32, new DeviceRule.Cpu(), new Resources(threads, 0, 0))))
            .open();
    opened.ready();
    return opened;
  }

  private Map<String, Object> generate(int tokens, int samples) throws InterruptedException {
    if (!asked.equals(tokens + " " + samples)) {
      generator.close();
      generator = opened(tokens, samples);
      asked = tokens + " " + samples;
    }
    Deque<PreparedPrompt> waiting = new ArrayDeque<>(prompts.stream().map(this::prepared).toList());
    Object[] answers = new Object[prompts.size()];
    long start = System.nanoTime();
    long cpu = processorNanos();
    try (GenerationSession session = generator.session()) {
      while (!waiting.isEmpty() || session.counts().alive() > 0) {
        while (!waiting.isEmpty() && session.hasRoom()) {
          session.start(waiting.removeFirst());
        }
        for (AnsweredPrompt one : session.await()) {
          answers[(int) one.prompt().prompt().line()] = told((AnsweredPrompt.Answered) one);
        }
      }
      return Map.of(
          "seconds", (System.nanoTime() - start) / 1e9,
          "cpu", (processorNanos() - cpu) / 1e9,
          "computed", session.counts().computed(),
          "model_seconds", session.counts().busyNanos() / 1e9,
          "answers", Arrays.asList(answers));
    }
  }

  private Map<String, Object> bare(int tokens, int rows) {
    int[] ids = prepared(prompts.get(0)).ids();
    try (CausalModel bare =
        CausalModels.open(
            Checkpoint.open(model), Processor.cpu(Precision.FP32), new Resources(threads, 0, 0))) {
      run(bare, ids, 2, rows);
      long start = System.nanoTime();
      long cpu = processorNanos();
      run(bare, ids, tokens, rows);
      return Map.of(
          "seconds", (System.nanoTime() - start) / 1e9, "cpu", (processorNanos() - cpu) / 1e9);
    }
  }

  private static void run(CausalModel bare, int[] ids, int tokens, int rows) {
    List<CausalModel.Sequence> sequences = new ArrayList<>(List.of(bare.begin()));
    List<Logits> logits = bare.pass(List.of(new CausalModel.Feed(sequences.get(0), ids, true)));
    int[] next = new int[rows];
    Arrays.fill(next, logits.get(0).argmax());
    while (sequences.size() < rows) {
      sequences.add(bare.fork(sequences.get(0), ids.length));
    }
    for (int step = 1; step < tokens; step++) {
      List<CausalModel.Feed> feeds = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        feeds.add(new CausalModel.Feed(sequences.get(row), new int[] {next[row]}, true));
      }
      logits = bare.pass(feeds);
      for (int row = 0; row < rows; row++) {
        next[row] = logits.get(row).argmax();
      }
    }
    sequences.forEach(CausalModel.Sequence::close);
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static List<Map<String, Object>> told(AnsweredPrompt.Answered one) {
    return one.answers().stream().map(GenerationConsole::told).toList();
  }

  private static Map<String, Object> told(Answer answer) {
    return Map.of("tokens", answer.tokens(), "text", String.valueOf(answer.response()));
  }
}
