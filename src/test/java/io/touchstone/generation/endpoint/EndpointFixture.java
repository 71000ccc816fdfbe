package io.touchstone.generation.endpoint;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.sampling.SamplingAsk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Calls of a server as tests need them. */
final class EndpointFixture {

  static final RetryDelay AT_ONCE = (failed, asked) -> 1;

  private EndpointFixture() {}

  static EndpointConfig config(FakeServer server) {
    return config(server, 4, 3, Duration.ofSeconds(20));
  }

  static EndpointConfig config(FakeServer server, int concurrency, int retries, Duration timeout) {
    return new EndpointConfig(
        EndpointUrl.of("--endpoint", server.url()),
        "tiny",
        new ApiKey.None(),
        concurrency,
        timeout,
        retries);
  }

  static SamplingAsk greedy() {
    return ask(true, OptionalDouble.empty(), 1, List.of());
  }

  static SamplingAsk samples(int samples) {
    return ask(false, OptionalDouble.of(0.7), samples, List.of());
  }

  static SamplingAsk stoppingAt(String... stops) {
    return ask(true, OptionalDouble.empty(), 1, List.of(stops));
  }

  private static SamplingAsk ask(
      boolean greedy, OptionalDouble temperature, int samples, List<String> stops) {
    return new SamplingAsk(
        greedy,
        temperature,
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.of(11),
        OptionalInt.of(samples),
        OptionalInt.of(64),
        stops);
  }

  static EndpointGenerator generator(EndpointConfig config, SamplingAsk ask) {
    return generator(config, ask, AT_ONCE);
  }

  static EndpointGenerator generator(EndpointConfig config, SamplingAsk ask, RetryDelay delay) {
    RequestForm form =
        RequestForm.of(
            config.model(), AskedSampling.of(ask), EndpointGeneratorFactory.Prompting.NOTHING);
    return new EndpointGenerator(
        new Endpoint(config, form, false, Map.of(), delay), form, ask.samples().orElse(1));
  }

  static PreparedPrompt prompt(long line, String text) {
    return prompt(
        new Prompt(
            line, new Conversation(List.of(Turn.of(Role.USER, text))), false, Optional.empty()));
  }

  static PreparedPrompt prompt(Prompt prompt) {
    return new PreparedPrompt(prompt, new int[0], false, 0);
  }

  /** All that a session has under way, in the order in which it comes. */
  static List<AnsweredPrompt> rest(GenerationSession session) throws InterruptedException {
    List<AnsweredPrompt> answers = new ArrayList<>();
    while (session.counts().alive() > 0) {
      answers.addAll(session.await());
    }
    return answers;
  }

  static AnsweredPrompt only(EndpointGenerator generator, String text) throws InterruptedException {
    try (GenerationSession session = generator.session()) {
      session.start(prompt(0, text));
      return rest(session).get(0);
    }
  }
}
