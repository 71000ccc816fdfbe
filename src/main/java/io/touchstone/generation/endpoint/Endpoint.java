package io.touchstone.generation.endpoint;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.Prompt;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.ScorerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** One server, one model there and one form of requests: asks, and reads what comes back. */
final class Endpoint implements AutoCloseable {

  /** Of a reply beside its answer. */
  private static final int REPLY_BYTES = 1 << 20;

  /**
   * Of a token's text, escaped, and its log-probability with the bytes that it stands for, twice.
   */
  private static final int TOKEN_BYTES = 2 << 10;

  private static final int TRIAL_TOKENS = 16;

  /** Ours, so that whatever a server says of it may be told. */
  private static final Prompt TRIAL =
      new Prompt(
          0,
          new Conversation(List.of(Turn.of(Role.USER, "Say yes."))),
          false,
          Optional.of("trial"));

  /** What a turn of ours begins with that is to be continued. */
  static final String BEGINNING = "Counting: one, two, three,";

  private static final Prompt CONTINUED_TRIAL =
      new Prompt(
          0,
          new Conversation(
              List.of(
                  Turn.of(Role.USER, "Count from one to ten."),
                  Turn.of(Role.ASSISTANT, BEGINNING))),
          true,
          Optional.of("trial"));

  private final EndpointConfig config;
  private final RequestForm form;
  private final ReplyReader reader;
  private final EndpointClient client;
  private final RetryDelay delay;

  /**
   * @param environment where the key's variable may be
   * @throws io.touchstone.problem.Refused if the key is not where it is said to be
   */
  Endpoint(
      EndpointConfig config, RequestForm form, boolean thinks, Map<String, String> environment) {
    this(config, form, thinks, environment, RetryDelay.growing());
  }

  Endpoint(
      EndpointConfig config,
      RequestForm form,
      boolean thinks,
      Map<String, String> environment,
      RetryDelay delay) {
    this.config = config;
    this.delay = delay;
    this.form = form;
    Optional<String> key = config.key().read(environment);
    this.reader = new ReplyReader(form.stops(), thinks, key);
    this.client = new EndpointClient(key, config.timeout());
  }

  EndpointConfig config() {
    return config;
  }

  /** One try for one sample. */
  CompletableFuture<EndpointReply> ask(Prompt prompt, int sample) {
    return ask(form, prompt, sample);
  }

  private CompletableFuture<EndpointReply> ask(RequestForm asked, Prompt prompt, int sample) {
    long most = REPLY_BYTES + (long) TOKEN_BYTES * asked.maxNewTokens();
    CompletableFuture<HttpReply> reply =
        client.post(
            config.url().completions(),
            asked.body(prompt, sample),
            (int) Math.min(most, Integer.MAX_VALUE / 2));
    return following(
        reply,
        reply.handle(
            (received, failure) ->
                failure == null
                    ? reader.read(
                        received,
                        () -> ConversationTexts.of(prompt.conversation()),
                        asked.echoed(prompt))
                    : reader.read(failure)));
  }

  /** Cancelling the second cancels the first. */
  private static <T> CompletableFuture<T> following(
      CompletableFuture<?> request, CompletableFuture<T> read) {
    read.whenComplete(
        (value, failure) -> {
          if (read.isCancelled()) {
            request.cancel(true);
          }
        });
    return read;
  }

  /** Asks a short question of ours in some form. */
  CompletableFuture<EndpointReply> trial(RequestForm asked) {
    return ask(asked.forTrial(trialTokens(asked)), TRIAL, asked.usualSample());
  }

  /** Has a turn of ours continued that begins with {@link #BEGINNING}. */
  CompletableFuture<EndpointReply> continuedTrial(RequestForm asked) {
    return ask(asked.forTrial(trialTokens(asked)), CONTINUED_TRIAL, asked.usualSample());
  }

  /** The most tokens of the answer to it. */
  int trialTokens(RequestForm asked) {
    return Math.min(asked.maxNewTokens(), TRIAL_TOKENS);
  }

  /** Whether the server answers a short question of ours just now. */
  CompletableFuture<Boolean> answersAtAll() {
    CompletableFuture<EndpointReply> trial = trial(form);
    return following(trial, trial.thenApply(EndpointReply.Sample.class::isInstance));
  }

  /** The models that the server names, as JSON. */
  CompletableFuture<HttpReply> models() {
    return client.get(config.url().models(), 4 << 20);
  }

  ReplyReader reader() {
    return reader;
  }

  /**
   * Does something once it is time for another try.
   *
   * @param failed tries
   */
  void afterFailure(int failed, OptionalLong askedMillis, Runnable work) {
    client.after(delay.millis(failed, askedMillis), work);
  }

  /**
   * The end of a job's task.
   *
   * @param told what came in place of an answer
   */
  ScorerException failure(String told) {
    return new ScorerException(
        Problem.in(config.url())
            .expected("an answer of " + Problem.shown(config.model()))
            .found(told));
  }

  @Override
  public void close() {
    client.close();
  }
}
