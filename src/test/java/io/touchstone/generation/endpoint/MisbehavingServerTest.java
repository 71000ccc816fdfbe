package io.touchstone.generation.endpoint;

import static io.touchstone.generation.endpoint.EndpointFixture.config;
import static io.touchstone.generation.endpoint.EndpointFixture.generator;
import static io.touchstone.generation.endpoint.EndpointFixture.greedy;
import static io.touchstone.generation.endpoint.EndpointFixture.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.generation.AnsweredPrompt.Answered;
import io.touchstone.generation.AnsweredPrompt.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong with one reply is tried again; what goes wrong with all ends in words. */
@Timeout(120)
final class MisbehavingServerTest {
  private static final String SECRET = "my private question";
  private static final String ANSWER = FakeServer.completion("You say: " + SECRET);

  private final FakeServer server = new FakeServer();

  MisbehavingServerTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  static Stream<Arguments> misbehaviours() {
    return Stream.of(
        Arguments.of(
            "truncated by its length",
            hangingUp((request, out) -> FakeServer.raw(out, FakeServer.head(200, 9_000) + ANSWER)),
            "fixed content-length: 9000, bytes received: " + ANSWER.length()),
        Arguments.of(
            "truncated by its chunks",
            hangingUp(
                (request, out) ->
                    FakeServer.raw(
                        out,
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"ch\r\n")),
            "chunked transfer encoding, state: READING_LENGTH"),
        Arguments.of(
            "truncated by the end of the connection",
            hangingUp(
                (request, out) ->
                    FakeServer.raw(
                        out,
                        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + ANSWER.substring(0, 90))),
            "a reply that is no chat completion: something else than a JSON object"),
        Arguments.of("reset", FakeServer.hangUp(), "HTTP/1.1 header parser received no bytes"),
        Arguments.of(
            "no HTTP",
            hangingUp((request, out) -> FakeServer.raw(out, "SSH-2.0-OpenSSH_9.6\r\n\r\n")),
            "ProtocolException: Invalid status line: \"SSH-2.0-OpenSSH_9.6\""),
        Arguments.of(
            "HTML",
            FakeServer.json("<html>" + SECRET),
            "a reply that is no chat completion: something else than a JSON object"),
        Arguments.of(
            "two values",
            FakeServer.json(ANSWER + ANSWER),
            "a reply that is no chat completion: something else than a JSON object"),
        Arguments.of(
            "too deep",
            FakeServer.json("{\"choices\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
            "a reply that is no chat completion: something else than a JSON object"),
        Arguments.of(
            "no choices",
            FakeServer.json("{\"choices\":[]}"),
            "a reply that is no chat completion: 0 choices"),
        Arguments.of(
            "an endless body",
            hangingUp(
                (request, out) -> {
                  FakeServer.raw(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"x\":\"");
                  while (true) {
                    FakeServer.raw(out, SECRET.repeat(1_000));
                  }
                }),
            "a reply of more than 1179648 bytes"),
        Arguments.of(
            "an endless failure",
            hangingUp(
                (request, out) -> {
                  FakeServer.raw(out, "HTTP/1.1 500 No\r\nConnection: close\r\n\r\n");
                  while (true) {
                    FakeServer.raw(out, SECRET.repeat(1_000));
                  }
                }),
            "status 500: …"));
  }

  private static FakeServer.Behaviour hangingUp(FakeServer.Behaviour behaviour) {
    return (request, out) -> {
      behaviour.answer(request, out);
      throw new IOException("hang up");
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misbehaviours")
  void isForgivenOnce(String name, FakeServer.Behaviour misbehaviour, String told)
      throws InterruptedException {
    server.then(misbehaviour);
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThat(((Answered) only(generator, SECRET)).answers().get(0).response())
          .isEqualTo("You say: " + SECRET);
    }
    assertThat(server.completions).hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misbehaviours")
  void isToldWhereItGoesOn(String name, FakeServer.Behaviour misbehaviour, String told) {
    server.usual = misbehaviour;
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThatThrownBy(() -> only(generator, SECRET))
          .hasMessage(
              "["
                  + server.url()
                  + "] expected an answer of tiny, found "
                  + told
                  + ", after 4 tries");
    }
  }

  @Test
  void mayNotDripForEver() throws InterruptedException {
    server.usual =
        (request, out) -> {
          if (request.isTrial()) {
            FakeServer.send(out, FakeServer.completion("yes"));
            return;
          }
          FakeServer.raw(out, FakeServer.head(200, 1_000_000));
          while (true) {
            FakeServer.raw(out, " ");
            Thread.sleep(20);
          }
        };
    try (EndpointGenerator generator =
        generator(config(server, 4, 9, Duration.ofSeconds(1)), greedy())) {
      assertThat(((Refused) only(generator, SECRET)).why().reason())
          .isEqualTo(
              "expected an answer, found no whole reply within 1 s, after 3 tries, while the server"
                  + " answers others");
    }
  }

  @Test
  void leadsNoKeyElsewhere() throws IOException {
    try (FakeServer elsewhere = new FakeServer()) {
      server.usual =
          FakeServer.status(307, "", "Location: " + elsewhere.url() + "/chat/completions");
      try (EndpointGenerator generator = generator(config(server), greedy())) {
        assertThatThrownBy(() -> only(generator, SECRET))
            .hasMessage(
                "["
                    + server.url()
                    + "] expected an answer of tiny, found status 307, a redirect, which is not"
                    + " followed: give the address that it leads to");
      }
      assertThat(elsewhere.completions).isEmpty();
    }
  }
}
