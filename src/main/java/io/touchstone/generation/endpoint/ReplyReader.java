package io.touchstone.generation.endpoint;

import static io.touchstone.generation.endpoint.EndpointReply.Blame.EITHER;
import static io.touchstone.generation.endpoint.EndpointReply.Blame.ROW;
import static io.touchstone.generation.endpoint.EndpointReply.Blame.SERVER;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import io.touchstone.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;

/**
 * What a reply means, in the forms of OpenAI's API and of vLLM's, SGLang's and TensorRT-LLM's
 * additions. Nothing that it tells holds text of a conversation.
 */
final class ReplyReader {

  static final String REFUSED = "refused-by-server";
  private static final String TOOL_CALL = "answer-is-tool-call";

  private static final Set<Integer> OF_THE_ROW = Set.of(400, 413, 422);
  private static final Set<Integer> BUSY = Set.of(408, 425, 429, 502, 503, 504, 529);
  private static final Set<Integer> NEVER = Set.of(501, 505);
  private static final int SERVER_ERROR = 500;

  private final List<String> stops;
  private final boolean thinks;
  private final Optional<String> key;

  /**
   * @param stops strings that end an answer
   * @param thinks as {@link ChatText#of} has it
   * @param key that no word may repeat; not a record's, which would show it
   */
  ReplyReader(List<String> stops, boolean thinks, Optional<String> key) {
    this.stops = List.copyOf(stops);
    this.thinks = thinks;
    this.key = key;
  }

  /**
   * @param texts of the conversation
   * @param echoed what an answer begins with that is none of it; empty for nothing
   */
  EndpointReply read(HttpReply reply, Supplier<Collection<String>> texts, String echoed) {
    if (reply.isOk()) {
      return completion(reply, texts, echoed);
    }
    int status = reply.status();
    String told = told(reply, texts.get());
    if (OF_THE_ROW.contains(status)) {
      return new EndpointReply.Unanswerable(REFUSED, told);
    }
    if (BUSY.contains(status)) {
      return new EndpointReply.Again(told, reply.retryAfterMillis(), SERVER);
    }
    if (status >= SERVER_ERROR && !NEVER.contains(status)) {
      return new EndpointReply.Again(told, reply.retryAfterMillis(), ROW);
    }
    return new EndpointReply.Hopeless(told + wayOn(status));
  }

  private static String wayOn(int status) {
    return switch (status) {
      case 401, 403 -> "; endpoint.key-variable or endpoint.key-file say where the key is read";
      case 404 -> "; endpoint.url or endpoint.model is not what the server knows";
      default -> "";
    };
  }

  /** A failure before any reply, or within it. */
  EndpointReply.Failure read(Throwable thrown) {
    Throwable failure = Cause.of(thrown);
    if (failure instanceof SSLHandshakeException) {
      return new EndpointReply.Hopeless(
          "no trust in its certificate (" + message(failure) + "): Java's trust store decides");
    }
    if (failure instanceof IOException) {
      return new EndpointReply.Again(message(failure), OptionalLong.empty(), blamed(failure));
    }
    return new EndpointReply.Hopeless(message(failure));
  }

  private static EndpointReply.Blame blamed(Throwable failure) {
    if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
      return SERVER;
    }
    return failure instanceof HttpTimeoutException || failure instanceof BoundedBody.TooLong
        ? ROW
        : EITHER;
  }

  private static String message(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    if (failure.getMessage() == null) {
      return name;
    }
    String told = Problem.shown(failure.getMessage());
    boolean isPlain =
        failure.getClass() == IOException.class
            || failure instanceof HttpTimeoutException
            || failure instanceof BoundedBody.TooLong;
    return isPlain ? told : name + ": " + told;
  }

  /** Status and words. */
  String told(HttpReply reply, Collection<String> texts) {
    String words = ServerWords.of(reply.body(), texts, key);
    String status = "status " + reply.status();
    if (!reply.location().isEmpty()) {
      return status + ", a redirect, which is not followed: give the address that it leads to";
    }
    return words.isEmpty() ? status : status + ": " + words;
  }

  private EndpointReply completion(
      HttpReply reply, Supplier<Collection<String>> texts, String echoed) {
    Optional<JsonNode> json = ReplyJson.parsed(reply.body());
    if (json.isEmpty()) {
      return misshapen("something else than a JSON object");
    }
    JsonNode root = json.get();
    if (root.path("error").isObject()) {
      return misshapen("an error: " + ServerWords.of(reply.body(), texts.get(), key));
    }
    JsonNode choices = root.path("choices");
    if (choices.size() != 1) {
      return misshapen(choices.size() + " choices");
    }
    JsonNode choice = choices.path(0);
    JsonNode message = choice.path("message");
    if (!message.isObject() || !isTextOrNull(message.path("content"))) {
      return misshapen("no text as its content");
    }
    JsonNode tokens = root.path("usage").path("completion_tokens");
    if (!tokens.canConvertToInt() || tokens.intValue() < 0) {
      return misshapen("no usage.completion_tokens");
    }
    EndpointReply answer = answer(choice, root.path("usage"), tokens.intValue(), texts);
    return answer instanceof EndpointReply.Sample sample ? cut(sample, echoed) : answer;
  }

  /** Leaves of an answer what is behind the turn that it continues, and before a stop string. */
  private EndpointReply cut(EndpointReply.Sample sample, String echoed) {
    Answer answer = sample.answer();
    Optional<ChatText> own = new ChatText(answer.response(), answer.thought()).behind(echoed);
    if (own.isEmpty()) {
      return new EndpointReply.Unanswerable(
          REFUSED, "an answer that does not begin with the turn that it continues");
    }
    ChatText text = own.get().before(stops);
    boolean stopped = !text.equals(own.get());
    return new EndpointReply.Sample(
        new Answer(
            text.response(),
            text.thought(),
            stopped ? Finish.STOP : answer.finish(),
            answer.tokens(),
            answer.logprobSum()),
        sample.promptTokens(),
        sample.cachedTokens());
  }

  private static boolean isTextOrNull(JsonNode content) {
    return content.isTextual() || content.isNull();
  }

  private EndpointReply answer(
      JsonNode choice, JsonNode usage, int tokens, Supplier<Collection<String>> texts) {
    JsonNode message = choice.path("message");
    if (message.path("tool_calls").size() > 0 || message.path("function_call").isObject()) {
      return new EndpointReply.Unanswerable(
          TOOL_CALL,
          "calls of tools, which are no text: leave the tools out, or let a model's folder answer,"
              + " which writes them as text");
    }
    if (message.path("refusal").isTextual() && message.path("content").isNull()) {
      return new EndpointReply.Unanswerable(
          REFUSED,
          "a refusal: "
              + ServerWords.of(
                  ReplyJson.bytes(message.path("refusal").textValue()), texts.get(), key));
    }
    String word = choice.path("finish_reason").asText("null").toLowerCase(Locale.ROOT);
    if (word.equals("content_filter")) {
      return new EndpointReply.Unanswerable(
          REFUSED, "an answer that the server's content filter has ended");
    }
    Optional<Finish> finish = finish(word, choice);
    if (finish.isEmpty()) {
      return misshapen("finish_reason " + Problem.shown(word));
    }
    ChatText text = ChatText.of(message, finish.get(), thinks && !hidesThoughts(usage));
    return new EndpointReply.Sample(
        new Answer(text.response(), text.thought(), finish.get(), tokens, logprobs(choice, tokens)),
        Math.max(0, usage.path("prompt_tokens").asLong(0)),
        Math.max(0, usage.path("prompt_tokens_details").path("cached_tokens").asLong(0)));
  }

  /** Whether the server has counted tokens of a thought that it does not show. */
  private static boolean hidesThoughts(JsonNode usage) {
    return usage.path("completion_tokens_details").path("reasoning_tokens").asLong(0) > 0;
  }

  /**
   * Of {@code stop} OpenAI does not say which: vLLM and TensorRT-LLM tell the string as {@code
   * stop_reason}, SGLang as {@code matched_stop}, and a token or nothing where it was none. Where
   * nobody tells, and strings were asked for, {@code stop} is what is known.
   */
  private Optional<Finish> finish(String word, JsonNode choice) {
    return switch (word) {
      case "length" -> Optional.of(Finish.LENGTH);
      case "eos_token" -> Optional.of(Finish.EOS);
      case "stop_sequence" -> Optional.of(Finish.STOP);
      case "stop" -> Optional.of(isStop(choice) ? Finish.STOP : Finish.EOS);
      default -> Optional.empty();
    };
  }

  private boolean isStop(JsonNode choice) {
    String field = choice.has("matched_stop") ? "matched_stop" : "stop_reason";
    return choice.has(field) ? choice.path(field).isTextual() : !stops.isEmpty();
  }

  /** Their sum, where there is one for each token. */
  private static double logprobs(JsonNode choice, int tokens) {
    JsonNode each = choice.path("logprobs").path("content");
    if (each.size() != tokens || tokens == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (JsonNode token : each) {
      sum += token.path("logprob").isNumber() ? token.path("logprob").doubleValue() : Double.NaN;
    }
    return sum;
  }

  private static EndpointReply misshapen(String found) {
    return new EndpointReply.Again(
        "a reply that is no chat completion: " + found, OptionalLong.empty(), ROW);
  }
}
