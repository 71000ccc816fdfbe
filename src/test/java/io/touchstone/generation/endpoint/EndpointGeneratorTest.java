package io.touchstone.generation.endpoint;

import static io.touchstone.generation.endpoint.EndpointFixture.config;
import static io.touchstone.generation.endpoint.EndpointFixture.generator;
import static io.touchstone.generation.endpoint.EndpointFixture.greedy;
import static io.touchstone.generation.endpoint.EndpointFixture.only;
import static io.touchstone.generation.endpoint.EndpointFixture.prompt;
import static io.touchstone.generation.endpoint.EndpointFixture.rest;
import static io.touchstone.generation.endpoint.EndpointFixture.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.generation.Answer;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.AnsweredPrompt.Answered;
import io.touchstone.generation.AnsweredPrompt.Refused;
import io.touchstone.generation.GenerationSession;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.ScorerException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class EndpointGeneratorTest {
  private final FakeServer server = new FakeServer();

  EndpointGeneratorTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private static String text(AnsweredPrompt answered) {
    return ((Answered) answered).answers().get(0).response();
  }

  @Test
  void answersEachPromptOnceWithNoMoreUnderWayThanAllowed() throws InterruptedException {
    server.usual =
        (request, out) -> {
          Thread.sleep(20);
          FakeServer.send(out, FakeServer.completion("You say: " + request.asked()));
        };
    List<AnsweredPrompt> answers = new ArrayList<>();
    try (EndpointGenerator generator = generator(config(server), greedy());
        GenerationSession session = generator.session()) {
      for (int row = 0; row < 40; row++) {
        while (!session.hasRoom()) {
          answers.addAll(session.await());
        }
        session.start(prompt(row, "row " + row));
      }
      answers.addAll(rest(session));
      assertThat(session.counts())
          .satisfies(
              counts -> {
                assertThat(counts.generated()).isEqualTo(120);
                assertThat(counts.presented()).isEqualTo(200);
                assertThat(counts.computed()).isEqualTo(200);
                assertThat(counts.busyNanos()).isPositive();
              });
      assertThat(session.await()).isEmpty();
    }
    assertThat(answers)
        .allSatisfy(each -> assertThat(((Answered) each).promptTokens()).isEqualTo(5))
        .extracting(each -> each.prompt().prompt().line() + " " + text(each))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 40).mapToObj(row -> row + " You say: row " + row).toList());
    assertThat(server.completions).hasSize(40);
    assertThat(server.mostUnderway()).isBetween(1, 4);
  }

  @Test
  void asksForEachSampleWithASeedOfItsOwnAndKeepsTheirOrder() throws InterruptedException {
    server.usual =
        (request, out) -> {
          int seed = request.json().path("seed").intValue();
          Thread.sleep(seed % 3 * 30L);
          FakeServer.send(out, FakeServer.completion("seed " + seed));
        };
    List<Answer> first;
    List<Answer> again;
    try (EndpointGenerator generator = generator(config(server), samples(5))) {
      first = ((Answered) only(generator, "Hi")).answers();
      again = ((Answered) only(generator, "Hi")).answers();
    }
    assertThat(first).extracting(Answer::response).doesNotHaveDuplicates().hasSize(5);
    assertThat(again).isEqualTo(first);
  }

  @Test
  void triesAgainUntilTheServerAnswers() throws InterruptedException {
    List<String> waits = new ArrayList<>();
    server.then(
        FakeServer.status(503, "loading", "Retry-After: 2"),
        FakeServer.status(429, "", "Retry-After: never"),
        FakeServer.hangUp());
    try (EndpointGenerator generator =
        generator(
            config(server),
            greedy(),
            (failed, asked) -> {
              waits.add(failed + " " + asked);
              return 1;
            })) {
      assertThat(text(only(generator, "Hi"))).isEqualTo("You say: Hi");
    }
    assertThat(waits)
        .containsExactly("1 OptionalLong[2000]", "2 OptionalLong.empty", "3 OptionalLong.empty");
  }

  @Test
  void failsWithStatusAndWordsWhereTheServerIsGoneForGood() throws InterruptedException {
    server.usual = FakeServer.status(503, "{\"error\":\"overloaded by Hi, says the host\"}");
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThatThrownBy(() -> only(generator, "overloaded by"))
          .isInstanceOf(ScorerException.class)
          .hasMessage(
              "["
                  + server.url()
                  + "] expected an answer of tiny, found status 503: … Hi, says the host, after 4"
                  + " tries");
    }
    assertThat(server.completions).hasSize(4);
  }

  @Test
  void failsWhereNobodyListens() throws IOException {
    server.close();
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThatThrownBy(() -> only(generator, "Hi"))
          .isInstanceOf(ScorerException.class)
          .hasMessage(
              "["
                  + server.url()
                  + "] expected an answer of tiny, found ConnectException, after 4 tries");
    }
  }

  @Test
  void waitsForNoServerThatWantsToBeLeftAloneForHours() {
    server.usual = FakeServer.status(429, "quota", "Retry-After: 86400");
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThatThrownBy(() -> only(generator, "Hi"))
          .hasMessage(
              "["
                  + server.url()
                  + "] expected an answer of tiny, found status 429: quota; it asks to be left alone"
                  + " for 86400 s");
    }
  }

  @Test
  void failsAtOnceWhereTheKeyIsNotTaken() {
    server.usual = FakeServer.status(401, "{\"error\":\"Unauthorized\"}");
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThatThrownBy(() -> only(generator, "Hi"))
          .hasMessage(
              "["
                  + server.url()
                  + "] expected an answer of tiny, found status 401: Unauthorized;"
                  + " endpoint.key-variable or endpoint.key-file say where the key is read");
      assertThatThrownBy(generator::ready).isInstanceOf(ScorerException.class);
    }
    assertThat(server.completions).hasSize(2);
  }

  @Test
  void rejectsOnlyTheRowThatTheServerRefusesWithItsWords() throws InterruptedException {
    server.usual =
        (request, out) -> {
          if (request.asked().startsWith("long")) {
            FakeServer.send(out, 400, "{\"message\":\"maximum is 9 tokens, got: long story\"}");
          } else {
            FakeServer.send(out, FakeServer.completion("fine"));
          }
        };
    try (EndpointGenerator generator = generator(config(server), samples(3));
        GenerationSession session = generator.session()) {
      session.start(prompt(0, "long story"));
      session.start(prompt(1, "short"));
      List<AnsweredPrompt> answers = rest(session);
      assertThat(answers)
          .filteredOn(Refused.class::isInstance)
          .extracting(each -> ((Refused) each).why())
          .containsExactly(
              new Rejected(
                  "refused-by-server",
                  "expected an answer, found status 400: maximum is 9 tokens, got: …"));
      assertThat(answers)
          .filteredOn(Answered.class::isInstance)
          .singleElement()
          .satisfies(each -> assertThat(((Answered) each).answers()).hasSize(3));
    }
  }

  @Test
  void blamesARowThatTheServerFailsOnThriceWhileItAnswersOthers() throws InterruptedException {
    server.usual =
        (request, out) -> {
          if (request.isTrial()) {
            FakeServer.send(out, FakeServer.completion("yes"));
          } else {
            FakeServer.send(out, 500, "Internal Server Error");
          }
        };
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThat(((Refused) only(generator, "poison")).why())
          .isEqualTo(
              new Rejected(
                  "failed-by-server",
                  "expected an answer, found status 500: Internal Server Error, after 3 tries, while"
                      + " the server answers others"));
    }
    assertThat(server.completions)
        .extracting(FakeServer.Request::isTrial)
        .containsExactly(false, false, false, true);
  }

  @Test
  void blamesNoRowWhileTheServerAnswersNobody() {
    server.usual = FakeServer.status(500, "Internal Server Error");
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThatThrownBy(() -> only(generator, "innocent"))
          .isInstanceOf(ScorerException.class)
          .hasMessage(
              "["
                  + server.url()
                  + "] expected an answer of tiny, found status 500: Internal Server Error, after 4"
                  + " tries");
    }
  }

  @Test
  void givesTwoSessionsTheirOwnAnswersFromSharedLanes() throws InterruptedException {
    Semaphore replies = new Semaphore(0);
    server.usual =
        (request, out) -> {
          replies.acquire();
          FakeServer.send(out, FakeServer.completion("You say: " + request.asked()));
        };
    try (EndpointGenerator generator = generator(config(server), greedy());
        GenerationSession one = generator.session();
        GenerationSession two = generator.session()) {
      for (int row = 0; row < 4; row++) {
        assertThat(one.hasRoom()).isTrue();
        one.start(prompt(row, "one " + row));
      }
      assertThat(one.hasRoom()).isFalse();
      assertThat(two.hasRoom()).as("a session without any row may have one").isTrue();
      two.start(prompt(9, "two"));
      assertThat(two.hasRoom()).isFalse();
      assertThat(two.await()).as("does not wait for ever").isEmpty();
      while (server.mostUnderway() < 4) {
        Thread.onSpinWait();
      }
      replies.release(100);
      assertThat(rest(two)).extracting(EndpointGeneratorTest::text).containsExactly("You say: two");
      assertThat(rest(one))
          .extracting(EndpointGeneratorTest::text)
          .containsExactlyInAnyOrder(
              "You say: one 0", "You say: one 1", "You say: one 2", "You say: one 3");
    }
    assertThat(server.mostUnderway()).isEqualTo(4);
  }

  @Test
  void answersOnePromptAloneWhileOthersWait() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch goOn = new CountDownLatch(1);
    server.usual =
        (request, out) -> {
          order.add("+" + request.asked());
          goOn.await();
          order.add("-" + request.asked());
          FakeServer.send(out, FakeServer.completion(request.asked()));
        };
    try (EndpointGenerator generator = generator(config(server), greedy());
        GenerationSession one = generator.session();
        GenerationSession two = generator.session()) {
      two.start(prompt(0, "before"));
      List<String> alone = Collections.synchronizedList(new ArrayList<>());
      Thread suspecting =
          new Thread(
              () -> {
                try {
                  alone.add(text(one.alone(prompt(1, "suspect"))));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      suspecting.start();
      while (two.hasRoom()) {
        Thread.onSpinWait();
      }
      two.start(prompt(2, "after"));
      goOn.countDown();
      assertThat(rest(two)).hasSize(2);
      suspecting.join();
      assertThat(alone).containsExactly("suspect");
      assertThat(one.counts().generated()).isEqualTo(3);
      assertThat(one.counts().alive()).isZero();
    }
    assertThat(order)
        .containsExactly("+before", "-before", "+suspect", "-suspect", "+after", "-after");
  }

  @Test
  void endsWithInterruption() throws InterruptedException {
    server.usual = (request, out) -> new CountDownLatch(1).await();
    for (boolean alone : new boolean[] {false, true}) {
      try (EndpointGenerator generator = generator(config(server), greedy());
          GenerationSession session = generator.session()) {
        Thread main = Thread.currentThread();
        if (!alone) {
          session.start(prompt(0, "Hi"));
        }
        Thread other =
            new Thread(
                () -> {
                  try {
                    Thread.sleep(100);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  main.interrupt();
                });
        other.start();
        assertThatThrownBy(() -> waitFor(session, alone)).isInstanceOf(InterruptedException.class);
        other.join();
      }
    }
  }

  private static void waitFor(GenerationSession session, boolean alone)
      throws InterruptedException {
    if (alone) {
      session.alone(prompt(1, "Hi"));
    } else {
      rest(session);
    }
  }

  @Test
  void closesTheConnectionsOfWhatIsGivenUp() throws InterruptedException {
    CountDownLatch came = new CountDownLatch(4);
    CountDownLatch gone = new CountDownLatch(4);
    server.usual =
        (request, out) -> {
          came.countDown();
          FakeServer.raw(out, FakeServer.head(200, 100_000));
          try {
            for (int each = 0; each < 1_000; each++) {
              FakeServer.raw(out, " ");
              Thread.sleep(10);
            }
          } catch (IOException closed) {
            gone.countDown();
            throw closed;
          }
        };
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      try (GenerationSession session = generator.session()) {
        for (int row = 0; row < 10; row++) {
          session.start(prompt(row, "row " + row));
        }
        assertThat(came.await(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(100);
      assertThat(server.completions).as("those that waited were never asked").hasSize(4);
      server.usual = FakeServer.json(FakeServer.completion("still there"));
      assertThat(text(only(generator, "Hi"))).isEqualTo("still there");
    }
  }

  @Test
  void endsARequestThatTakesTooLong() throws InterruptedException {
    server.usual =
        (request, out) -> {
          if (request.isTrial()) {
            FakeServer.send(out, FakeServer.completion("yes"));
          }
          new CountDownLatch(1).await();
        };
    try (EndpointGenerator generator =
        generator(config(server, 4, 9, Duration.ofSeconds(1)), greedy())) {
      assertThat(((Refused) only(generator, "endless")).why())
          .isEqualTo(
              new Rejected(
                  "failed-by-server",
                  "expected an answer, found no whole reply within 1 s, after 3 tries, while the"
                      + " server answers others"));
    }
  }

  @Test
  void looksOnceInAProcessWhetherTheServerAnswers() {
    server.then(FakeServer.status(503, "loading"));
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThatThrownBy(generator::ready)
          .isInstanceOf(ScorerException.class)
          .hasMessage(
              "[" + server.url() + "] expected an answer of tiny, found status 503: loading");
      generator.ready();
      generator.ready();
    }
    assertThat(server.completions).hasSize(2).allMatch(FakeServer.Request::isTrial);
  }

  @Test
  void promisesNothingOfTheSameText() {
    try (EndpointGenerator generator = generator(config(server), greedy())) {
      assertThat(generator.keepsBits()).isFalse();
    }
  }
}
