package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.AnsweredPrompt.Answered;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.endpoint.EndpointGeneratorFactory.Prompting;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ScorerException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class EndpointGeneratorFactoryTest {
  private static final String KEY = "sk-live-Zx81Q0ppW";
  private static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"max_model_len\":2048},{\"id\":\"other\"}]}";

  private final FakeServer server = new FakeServer();

  @TempDir Path folder;

  EndpointGeneratorFactoryTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private EndpointConfig config(String model, ApiKey key) {
    return new EndpointConfig(
        EndpointUrl.of("--endpoint", server.url()), model, key, 4, Duration.ofSeconds(20), 2);
  }

  private EndpointGeneratorFactory factory(SamplingAsk ask) {
    return EndpointGeneratorFactory.of(
        config("tiny", new ApiKey.None()), ask, Prompting.NOTHING, Map.of());
  }

  private void refuses(String problem) {
    assertThatThrownBy(() -> factory(EndpointFixture.greedy()))
        .isInstanceOf(Refused.class)
        .hasMessage(problem);
  }

  private String expectedAnAnswer(String found) {
    return "[" + server.url() + "] expected a server that answers, found " + found;
  }

  @Test
  void asksAShortQuestionInTheJobsFormBeforeAnyWork() {
    factory(EndpointFixture.stoppingAt("END"));
    assertThat(server.completions)
        .extracting(FakeServer.Request::body)
        .containsExactly(
            "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Say yes.\"}],"
                + "\"temperature\":0,\"stop\":[\"END\"],\"max_tokens\":16,\"logprobs\":true,\"top_logprobs\":1,"
                + "\"stream\":false}");
  }

  @Test
  void describesWhatIsKnown() {
    server.models = FakeServer.json(MODELS);
    GeneratorDescription description = factory(EndpointFixture.stoppingAt("END")).description();
    assertThat(description.model()).isEqualTo(server.url() + "#tiny");
    assertThat(description.fingerprint()).isEmpty();
    assertThat(description.architecture()).isEmpty();
    assertThat(description.precision()).isEmpty();
    assertThat(description.maxTokens())
        .as("what a job is recognized by, whatever the server is started with next time")
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(description.effective())
        .containsExactly(
            Map.entry("decoding", "greedy"),
            Map.entry("max-new-tokens", "64"),
            Map.entry("repetition-penalty", "the server's"),
            Map.entry("samples", "1"),
            Map.entry("stop", "END"),
            Map.entry("thinking", "unset"));
    assertThat(description.reading().notes())
        .containsExactly(
            "answers are a server's: whether they are the same whatever is generated beside them, and"
                + " the same when asked for again, is up to it. A job that goes on keeps what is"
                + " finished and asks for the rest",
            "what the call does not say of sampling is the server's: no generation_config.json is read"
                + " here",
            "stop strings are the server's to look for, maybe within thoughts too; where it does not"
                + " say what ended an answer, its finish is stop",
            "--seed has no effect, as answers are greedy",
            "the server takes 2048 tokens of a prompt and its answer together",
            "the server gives no log-probability for each token: logprob_sums are null");
    assertThat(description.reading().warnings()).isEmpty();
  }

  @Test
  void saysWhichSettingsAreTheServersOwn() {
    SamplingAsk ask =
        new SamplingAsk(
            false,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.of(0),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalInt.of(3),
            OptionalInt.of(8),
            List.of());
    GeneratorDescription description = factory(ask).description();
    assertThat(description.effective())
        .containsExactly(
            Map.entry("max-new-tokens", "8"),
            Map.entry("min-p", "the server's"),
            Map.entry("repetition-penalty", "the server's"),
            Map.entry("samples", "3"),
            Map.entry("seed", "0"),
            Map.entry("stop", "the server's"),
            Map.entry("temperature", "the server's"),
            Map.entry("thinking", "unset"),
            Map.entry("top-k", "0"),
            Map.entry("top-p", "the server's"));
    assertThat(description.reading().notes())
        .contains(
            "top-k, min-p and repetition-penalty are no part of OpenAI's API: a server that does not"
                + " know them may pass over them without a word");
  }

  @Test
  void refusesCallsThatContradictThemselvesAsForAFolderAndTellsAllAtOnce() {
    SamplingAsk ask =
        new SamplingAsk(
            true,
            OptionalDouble.of(0.5),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.of(2),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.of(8),
            List.of());
    EndpointConfig config = config("tiny", ApiKey.Variable.of("--endpoint-key-variable", "A_KEY"));
    assertThatThrownBy(() -> EndpointGeneratorFactory.of(config, ask, Prompting.NOTHING, Map.of()))
        .isInstanceOf(Refused.class)
        .hasMessage(
            "--min-p: expected a number from 0 to 1, found 2.0\n"
                + "--greedy: expected no --temperature beside it, which asks for draws, found"
                + " --temperature 0.5\n"
                + "--greedy: expected no --min-p beside it, which asks for draws, found --min-p 2.0\n"
                + "A_KEY: expected the server's key in this variable of the environment, found none");
    assertThat(server.completions).isEmpty();
  }

  @Test
  void refusesAModelThatTheServerDoesNotName() {
    server.models = FakeServer.json(MODELS.replace("\"tiny\"", "\"tinny\""));
    refuses(
        "["
            + server.url()
            + "] model: expected one that the server has: tinny, other, found tiny; did you mean"
            + " tinny?");
    assertThat(server.completions).isEmpty();
  }

  @Test
  void refusesAnswersAsLongAsTheServersModelCanRead() {
    server.models = FakeServer.json(MODELS.replace("2048", "64"));
    refuses(
        "["
            + server.url()
            + "] --max-new-tokens: expected fewer tokens than the 64 that the server has for a prompt"
            + " and its answer, found 64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "<html>", "{\"data\":[{}]}", "{\"data\":7}"})
  void goesOnWithoutNamesOfModels(String models) {
    server.models = FakeServer.json(models);
    assertThat(factory(EndpointFixture.greedy()).description().reading().notes())
        .noneMatch(note -> note.startsWith("the server takes"));
  }

  @Test
  void refusesAServerThatIsNotThere() throws IOException {
    server.close();
    refuses(expectedAnAnswer("ConnectException; is it running, and is this its address?"));
  }

  @Test
  void refusesAServerThatIsNotReady() {
    server.usual = FakeServer.status(503, "loading model");
    refuses(expectedAnAnswer("status 503: loading model"));
  }

  @Test
  void refusesAKeyThatIsNotTaken() {
    server.models = FakeServer.status(401, "{\"error\":\"who are you?\"}");
    refuses(
        expectedAnAnswer(
            "status 401: who are you?; endpoint.key-variable or endpoint.key-file say where the key is"
                + " read"));
    assertThat(server.completions).isEmpty();
  }

  @Test
  void refusesAFormThatTheServerDoesNotTakeWithItsWords() {
    server.usual = FakeServer.status(400, "{\"message\":\"Say yes. is fine, temperature is not\"}");
    refuses(
        expectedAnAnswer(
            "status 400: … is fine, temperature is not; to a short question, in the form of this job"));
    assertThat(server.completions).hasSize(4);
  }

  @Test
  void refusesAServerThatPassesOverTheLengthOfAnswers() {
    server.usual = FakeServer.json(FakeServer.completion("yes and so on", "stop", 17));
    refuses(
        expectedAnAnswer(
            "an answer of 17 tokens, where 16 were allowed; to a short question, in the form of this"
                + " job"));
  }

  @Test
  void leavesLogprobsOutWhereTheServerRefusesThem() throws InterruptedException {
    server.usual =
        (request, out) -> {
          if (request.json().has("logprobs")) {
            FakeServer.send(out, 400, "{\"message\":\"logprobs are not supported\"}");
          } else {
            FakeServer.send(out, FakeServer.completion("fine"));
          }
        };
    EndpointGeneratorFactory factory = factory(EndpointFixture.greedy());
    assertThat(factory.description().reading().notes())
        .contains("the server gives no log-probability for each token: logprob_sums are null");
    assertThat(answer(factory)).isEqualTo("fine");
  }

  @Test
  void namesTheLengthAsTheServerWantsIt() throws InterruptedException {
    server.usual =
        (request, out) -> {
          if (request.json().has("max_tokens")) {
            FakeServer.send(out, 400, "{\"message\":\"use max_completion_tokens\"}");
          } else {
            FakeServer.send(
                out, FakeServer.completion("" + request.json().path("max_completion_tokens")));
          }
        };
    EndpointGeneratorFactory factory = factory(EndpointFixture.greedy());
    assertThat(factory.description().reading().notes())
        .contains("the server takes the length of answers as max_completion_tokens");
    assertThat(answer(factory)).isEqualTo("64");
  }

  private static String answer(EndpointGeneratorFactory factory) throws InterruptedException {
    try (Generator generator = factory.open();
        GenerationSession session = generator.session()) {
      session.start(EndpointFixture.prompt(0, "Hi"));
      return ((Answered) EndpointFixture.rest(session).get(0)).answers().get(0).response();
    }
  }

  @Test
  void offersToolsToRowsWithoutAnyAndNoneInItsOwnQuestion() throws InterruptedException {
    EndpointGeneratorFactory factory =
        EndpointGeneratorFactory.of(
            config("tiny", new ApiKey.None()),
            EndpointFixture.greedy(),
            new Prompting(Optional.of(true), List.of(Map.of("type", "function")), false),
            Map.of());
    assertThat(answer(factory)).isEqualTo("You say: Hi");
    assertThat(server.completions)
        .extracting(request -> request.json().path("tools").toString())
        .containsExactly("", "[{\"type\":\"function\"}]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsOutWhetherTheServerRepeatsWhatItContinues(boolean repeats) throws InterruptedException {
    server.usual =
        (request, out) ->
            FakeServer.send(
                out, FakeServer.completion((repeats ? request.asked() : "") + " and so on"));
    EndpointGeneratorFactory factory =
        EndpointGeneratorFactory.of(
            config("tiny", new ApiKey.None()),
            EndpointFixture.greedy(),
            new Prompting(Optional.empty(), List.of(), true),
            Map.of());
    assertThat(factory.description().reading().notes())
        .contains(
            "asked to continue \"Counting: one, two, three,\" the server went on with \" and so"
                + " on\": with anything else than a count it does not know continue_final_message");
    Prompt begun =
        new Prompt(
            0,
            new Conversation(
                List.of(Turn.of(Role.USER, "Hi"), Turn.of(Role.ASSISTANT, "Hello, my"))),
            true,
            Optional.empty());
    try (Generator generator = factory.open();
        GenerationSession session = generator.session()) {
      session.start(EndpointFixture.prompt(begun));
      assertThat(((Answered) EndpointFixture.rest(session).get(0)).answers().get(0).response())
          .isEqualTo(" and so on");
    }
  }

  @Test
  void refusesAServerThatCannotContinue() {
    server.then(FakeServer.json(FakeServer.completion("yes")));
    server.usual = FakeServer.status(400, "the last turn must be the user's");
    assertThatThrownBy(
            () ->
                EndpointGeneratorFactory.of(
                    config("tiny", new ApiKey.None()),
                    EndpointFixture.greedy(),
                    new Prompting(Optional.empty(), List.of(), true),
                    Map.of()))
        .isInstanceOf(Refused.class)
        .hasMessage(
            expectedAnAnswer(
                "status 400: the last turn must be the user's; to a turn of its own that it is to"
                    + " continue"));
  }

  @Test
  void bringsTheKeyAndShowsItNowhere() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    EndpointConfig config = config("tiny", new ApiKey.KeyFile(file.toString()));
    server.models = FakeServer.json(MODELS);
    EndpointGeneratorFactory factory =
        EndpointGeneratorFactory.of(config, EndpointFixture.greedy(), Prompting.NOTHING, Map.of());
    byte[] shipped = bytes(factory);
    assertThat(answer(read(shipped))).isEqualTo("You say: Hi");
    assertThat(server.completions)
        .extracting(request -> request.headers().get("authorization"))
        .containsExactly("Bearer " + KEY, "Bearer " + KEY);

    StringWriter told = new StringWriter();
    for (int status : new int[] {400, 401, 429, 500}) {
      server.usual = FakeServer.status(status, "{\"error\":\"not with the key " + KEY + "\"}");
      try (Generator generator = factory.open();
          GenerationSession session = generator.session()) {
        session.start(EndpointFixture.prompt(0, "Hi"));
        told.write(EndpointFixture.rest(session).toString());
      } catch (ScorerException failure) {
        failure.printStackTrace(new PrintWriter(told, true));
      }
      try {
        EndpointGeneratorFactory.of(config, EndpointFixture.greedy(), Prompting.NOTHING, Map.of());
      } catch (Refused refused) {
        refused.printStackTrace(new PrintWriter(told, true));
      }
    }
    assertThat(told.toString()).contains("not with the key …");
    assertThat(
            told
                + new String(shipped, ISO_8859_1)
                + factory
                + factory.description()
                + config
                + factory.open()
                + new ReplyReader(List.of(), false, Optional.of(KEY)))
        .doesNotContain(KEY)
        .doesNotContain("Zx81");
  }

  @Test
  void sendsAKeyInTheOpenWithAWarning() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY);
    EndpointUrl open = EndpointUrl.of("--endpoint", "http://gpu-7:8000");
    assertThat(open.isOpen()).isTrue();
    assertThat(EndpointUrl.of("--endpoint", "https://gpu-7:8000").isOpen()).isFalse();
    assertThat(EndpointUrl.of("--endpoint", "http://[::1]:8000").isOpen()).isFalse();
    assertThat(
            EndpointGeneratorFactory.warnings(
                EndpointConfig.defaults(open, "tiny").with(new ApiKey.KeyFile(file.toString()))))
        .containsExactly("the key goes to http://gpu-7:8000/v1 in the open: http, not https");
    assertThat(EndpointGeneratorFactory.warnings(EndpointConfig.defaults(open, "tiny"))).isEmpty();
  }

  @Test
  void failsInAProcessThatCannotReadTheKey() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), KEY);
    EndpointGeneratorFactory factory =
        EndpointGeneratorFactory.of(
            config("tiny", new ApiKey.KeyFile(file.toString())),
            EndpointFixture.greedy(),
            Prompting.NOTHING,
            Map.of());
    Files.delete(file);
    assertThatThrownBy(factory::open)
        .isInstanceOf(ScorerException.class)
        .hasMessage(
            "["
                + file
                + "] expected a file with the server's key, found none that can be read:"
                + " NoSuchFileException");
  }

  private static byte[] bytes(Object recipe) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(recipe);
    }
    return bytes.toByteArray();
  }

  private static EndpointGeneratorFactory read(byte[] bytes) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (EndpointGeneratorFactory) in.readObject();
    }
  }
}
