package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.endpoint.EndpointGeneratorFactory.Prompting;
import io.touchstone.generation.sampling.SamplingAsk;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RequestFormTest {

  private static final SamplingAsk ALL =
      new SamplingAsk(
          false,
          OptionalDouble.of(0.7),
          OptionalDouble.of(0.9),
          OptionalInt.of(20),
          OptionalDouble.of(0.05),
          OptionalDouble.of(1.1),
          OptionalLong.of(5),
          OptionalInt.of(2),
          OptionalInt.of(512),
          List.of("END", "\n\n"));

  private static RequestForm form(SamplingAsk ask, Optional<Boolean> thinking) {
    return RequestForm.of("tiny", AskedSampling.of(ask), new Prompting(thinking, List.of(), false));
  }

  private static Prompt prompt(String text) {
    return new Prompt(
        7, new Conversation(List.of(Turn.of(Role.USER, text))), false, Optional.empty());
  }

  private static String body(RequestForm form, Prompt prompt, int sample) {
    return new String(form.body(prompt, sample), UTF_8);
  }

  private static int seed(RequestForm form, Prompt prompt, int sample) throws IOException {
    JsonNode seed = new ObjectMapper().readTree(form.body(prompt, sample)).path("seed");
    assertThat(seed.isInt()).isTrue();
    return seed.intValue();
  }

  @Test
  void saysWhatTheCallAsks() {
    String body = body(form(ALL, Optional.of(true)), prompt("Hi"), 0);
    assertThat(body.replaceAll("\"seed\":\\d+", "\"seed\":S"))
        .isEqualTo(
            "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"temperature\":0.7,\"top_p\":0.9,\"top_k\":20,\"min_p\":0.05,"
                + "\"repetition_penalty\":1.1,\"stop\":[\"END\",\"\\n\\n\"],"
                + "\"chat_template_kwargs\":{\"enable_thinking\":true},\"max_tokens\":512,"
                + "\"logprobs\":true,\"top_logprobs\":1,\"seed\":S,\"stream\":false}");
  }

  @Test
  void saysNothingThatItDoesNotAsk() {
    SamplingAsk ask =
        new SamplingAsk(
            false,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.of(8),
            List.of());
    String body = body(form(ask, Optional.empty()), prompt("Hi"), 0);
    assertThat(body.replaceAll("\"seed\":\\d+", "\"seed\":S"))
        .isEqualTo(
            "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"max_tokens\":8,\"logprobs\":true,\"top_logprobs\":1,\"seed\":S,\"stream\":false}");
  }

  @Test
  void isGreedyAtTemperatureZeroAndWithoutSeed() {
    assertThat(body(form(EndpointFixture.greedy(), Optional.of(false)), prompt("Hi"), 0))
        .isEqualTo(
            "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"temperature\":0,\"chat_template_kwargs\":{\"enable_thinking\":false},"
                + "\"max_tokens\":64,\"logprobs\":true,\"top_logprobs\":1,\"stream\":false}");
  }

  @Test
  void theFirstSampleIsGreedyWhereThatIsAskedAndTheOthersAreAsWithout() throws IOException {
    SamplingAsk ask =
        new SamplingAsk(
            false,
            true,
            OptionalDouble.of(0.7),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.of(5),
            OptionalInt.of(3),
            OptionalInt.of(64),
            List.of());
    RequestForm form = form(ask, Optional.empty());
    assertThat(body(form, prompt("Hi"), 0))
        .isEqualTo(
            "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"temperature\":0,\"max_tokens\":64,\"logprobs\":true,\"top_logprobs\":1,"
                + "\"stream\":false}");
    assertThat(body(form, prompt("Hi"), 1)).contains("\"temperature\":0.7,");
    assertThat(seed(form, prompt("Hi"), 2))
        .isEqualTo(seed(form(ALL, Optional.empty()), prompt("Hi"), 2));
    assertThat(form.usualSample()).isEqualTo(1);
    assertThat(AskedSampling.of(ask).effective())
        .containsEntry("decoding", "first greedy, others sampling")
        .containsEntry("temperature", "0.7");
  }

  @Test
  void handsMessagesAndToolsOnAsTheyWereRead() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("role", "tool");
    fields.put("content", null);
    fields.put("tool_call_id", new BigInteger("12345678901234567890"));
    List<@Nullable Object> parts = new ArrayList<>(List.of(true, 2L, 0.5));
    parts.add(null);
    fields.put("parts", parts);
    Prompt prompt =
        new Prompt(
            0,
            new Conversation(
                List.of(Turn.of(Role.SYSTEM, "Be brief."), new Turn(Role.OTHER, fields)),
                List.of(Map.of("type", "function"))),
            false,
            Optional.empty());
    assertThat(body(form(EndpointFixture.greedy(), Optional.empty()), prompt, 0))
        .startsWith(
            "{\"model\":\"tiny\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"tool\",\"content\":null,\"tool_call_id\":12345678901234567890,"
                + "\"parts\":[true,2,0.5,null]}],\"tools\":[{\"type\":\"function\"}],");
  }

  @Test
  void continuesTheLastTurnOfARowThatIsContinued() {
    Prompt prompt =
        new Prompt(
            0,
            new Conversation(
                List.of(Turn.of(Role.USER, "Hi"), Turn.of(Role.ASSISTANT, "Hello, my"))),
            true,
            Optional.empty());
    assertThat(body(form(EndpointFixture.greedy(), Optional.empty()), prompt, 0))
        .endsWith(
            ",\"add_generation_prompt\":false,\"continue_final_message\":true,\"stream\":false}");
  }

  @Test
  void takesTheOtherWaysOfServers() {
    RequestForm form =
        form(EndpointFixture.greedy(), Optional.empty())
            .with(RequestForm.MAX_COMPLETION_TOKENS, false);
    assertThat(body(form, prompt("Hi"), 0))
        .endsWith("\"temperature\":0,\"max_completion_tokens\":64,\"stream\":false}");
  }

  @Test
  void givesEachSampleASeedThatIsAlwaysTheSame() throws IOException {
    RequestForm form = form(ALL, Optional.empty());
    int first = seed(form, prompt("Hi"), 0);
    assertThat(first).isEqualTo(seed(form, prompt("Hi"), 0)).isNotNegative();
    assertThat(seed(form, prompt("Hi"), 1)).isNotEqualTo(first);
    assertThat(seed(form, prompt("Ho"), 0)).isNotEqualTo(first);
    assertThat(seed(form(EndpointFixture.samples(2), Optional.empty()), prompt("Hi"), 0))
        .as("another seed of the job")
        .isNotEqualTo(first);
  }

  @Test
  void takesTheRowsIdForWhatItIs() throws IOException {
    RequestForm form = form(ALL, Optional.empty());
    Conversation conversation = prompt("Hi").conversation();
    Prompt a = new Prompt(0, conversation, false, Optional.of("a"));
    Prompt b = new Prompt(0, conversation, false, Optional.of("b"));
    Prompt other = new Prompt(9, prompt("Ho").conversation(), false, Optional.of("a"));
    assertThat(seed(form, a, 0)).isNotEqualTo(seed(form, b, 0)).isEqualTo(seed(form, other, 0));
  }
}
