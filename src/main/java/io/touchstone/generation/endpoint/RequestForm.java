package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.digest.Sha256;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.sampling.SamplingAsk;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside its conversation: OpenAI's fields, and of vLLM's and SGLang's those
 * that were asked for. One request asks for one sample: servers that know no {@code n} are asked as
 * all others, and each sample has a seed, a count of tokens and a reply of its own.
 *
 * @param model as the server names it
 * @param settings JSON of an object: the fields that all requests share, but for the first sample's
 *     where that is another
 * @param firstSettings JSON of an object: those of the first sample of each prompt
 * @param tools JSON of an array: those of conversations without any of their own
 * @param lengthField the name under which the server takes the most tokens of an answer
 * @param maxNewTokens that
 * @param logprobs whether the tokens' log-probabilities are asked for
 * @param draws whether answers are drawn, with a seed for each, but for a first one that is another
 * @param echoes whether the server begins an answer that it continues with what was there of it
 */
record RequestForm(
    String model,
    String settings,
    String firstSettings,
    String tools,
    String lengthField,
    int maxNewTokens,
    boolean logprobs,
    boolean draws,
    long seed,
    boolean echoes)
    implements Serializable {

  static final String MAX_TOKENS = "max_tokens";
  static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

  /** Bits of a seed: some servers take no more. */
  private static final int SEED_MASK = Integer.MAX_VALUE;

  private static final String PURPOSE = "touchstone endpoint seeds 1\n";

  static RequestForm of(
      String model, AskedSampling sampling, EndpointGeneratorFactory.Prompting prompting) {
    SamplingAsk ask = sampling.ask();
    Map<String, Object> settings = settings(ask, sampling.isGreedy(), prompting);
    Map<String, Object> first =
        settings(ask, sampling.isGreedy() || sampling.isFirstGreedy(), prompting);
    return new RequestForm(
        model,
        new String(json(settings), UTF_8),
        new String(json(first), UTF_8),
        new String(json(prompting.tools()), UTF_8),
        MAX_TOKENS,
        ask.maxNewTokens().orElseThrow(),
        true,
        !sampling.isGreedy(),
        ask.seed().orElse(0),
        false);
  }

  private static Map<String, Object> settings(
      SamplingAsk ask, boolean greedy, EndpointGeneratorFactory.Prompting prompting) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (greedy) {
      settings.put("temperature", 0);
    } else {
      ask.temperature().ifPresent(value -> settings.put("temperature", value));
      ask.topP().ifPresent(value -> settings.put("top_p", value));
      // All tokens are -1 to SGLang and vLLM, of which older ones refuse 0.
      ask.topK().ifPresent(value -> settings.put("top_k", value == 0 ? -1 : value));
      ask.minP().ifPresent(value -> settings.put("min_p", value));
    }
    ask.repetitionPenalty().ifPresent(value -> settings.put("repetition_penalty", value));
    if (!ask.stops().isEmpty()) {
      settings.put("stop", ask.stops());
    }
    prompting
        .thinking()
        .ifPresent(on -> settings.put("chat_template_kwargs", Map.of("enable_thinking", on)));
    return settings;
  }

  /** In another of the ways in which servers take the same. */
  RequestForm with(String length, boolean wantsLogprobs) {
    return new RequestForm(
        model,
        settings,
        firstSettings,
        tools,
        length,
        maxNewTokens,
        wantsLogprobs,
        draws,
        seed,
        echoes);
  }

  /** For a server that repeats what it continues. */
  RequestForm echoing() {
    return new RequestForm(
        model,
        settings,
        firstSettings,
        tools,
        lengthField,
        maxNewTokens,
        logprobs,
        draws,
        seed,
        true);
  }

  /** What an answer to the prompt begins with that is none of it; empty for nothing. */
  String echoed(Prompt prompt) {
    List<Turn> turns = prompt.conversation().turns();
    return echoes && prompt.continues() ? turns.get(turns.size() - 1).text() : "";
  }

  /** Strings that end an answer. */
  List<String> stops() {
    Object stops = settingFields(settings).get("stop");
    return stops instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  /** The number of a sample that is asked for as most are. */
  int usualSample() {
    return settings.equals(firstSettings) ? 0 : 1;
  }

  /** For a question of ours, to which no tool is an answer. */
  RequestForm forTrial(int mostTokens) {
    return new RequestForm(
        model,
        settings,
        firstSettings,
        "[]",
        lengthField,
        mostTokens,
        logprobs,
        draws,
        seed,
        echoes);
  }

  /**
   * The body of a request.
   *
   * @param sample its number among those of the prompt
   */
  byte[] body(Prompt prompt, int sample) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("model", model);
    fields.putAll(conversation(prompt.conversation()));
    fields.putAll(settingFields(sample == 0 ? firstSettings : settings));
    fields.put(lengthField, maxNewTokens);
    if (logprobs) {
      fields.put("logprobs", true);
      // Where it is left out, llama.cpp sends twenty for each token, and none for 0.
      fields.put("top_logprobs", 1);
    }
    if (draws && sample >= usualSample()) {
      fields.put("seed", seed(prompt, sample));
    }
    if (prompt.continues()) {
      fields.put("add_generation_prompt", false);
      fields.put("continue_final_message", true);
    }
    fields.put("stream", false);
    return json(fields);
  }

  private Map<String, @Nullable Object> conversation(Conversation conversation) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("messages", conversation.turns().stream().map(Turn::fields).toList());
    List<?> offered =
        conversation.tools().isEmpty() ? parsed(tools, List.class) : conversation.tools();
    if (!offered.isEmpty()) {
      fields.put("tools", offered);
    }
    return fields;
  }

  /**
   * A function of the job's seed, the row and the sample; the samples of a row have different ones.
   * The row is its id, or its conversation as it is sent.
   */
  private int seed(Prompt prompt, int sample) {
    MessageDigest digest = Sha256.begin();
    digest.update((PURPOSE + (prompt.id().isPresent() ? "id\n" : "prompt\n")).getBytes(UTF_8));
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
    byte[] row =
        prompt
            .id()
            .map(id -> id.getBytes(UTF_8))
            .orElseGet(() -> json(conversation(prompt.conversation())));
    return ByteBuffer.wrap(digest.digest(row)).getInt() + sample & SEED_MASK;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> settingFields(String settings) {
    return parsed(settings, LinkedHashMap.class);
  }

  private static <T> T parsed(String json, Class<T> type) {
    try {
      return ReplyJson.MAPPER.readValue(json, type);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static byte[] json(Object value) {
    try {
      return ReplyJson.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException unfit) {
      throw new IllegalArgumentException(
          "a conversation that JSON cannot hold: " + unfit.getClass().getSimpleName());
    }
  }
}
