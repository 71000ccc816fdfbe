package io.touchstone.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LanesTest {
  private final Lanes lanes = new Lanes(2);
  private final List<String> begun = new ArrayList<>();

  private CompletableFuture<String> work(String name, List<CompletableFuture<String>> works) {
    CompletableFuture<String> work = new CompletableFuture<>();
    works.add(work);
    return lanes.run(
        () -> {
          begun.add(name);
          return work;
        });
  }

  @Test
  void beginNoMoreThanFitFirstComeFirstServed() {
    List<CompletableFuture<String>> works = new ArrayList<>();
    CompletableFuture<String> a = work("a", works);
    work("b", works);
    assertThat(lanes.haveRoom()).isFalse();
    work("c", works);
    work("d", works);
    assertThat(begun).containsExactly("a", "b");
    works.get(0).complete("A");
    assertThat(a).isCompletedWithValue("A");
    assertThat(begun).containsExactly("a", "b", "c");
    works.get(1).completeExceptionally(new IllegalStateException("lost"));
    works.get(2).complete("C");
    assertThat(begun).containsExactly("a", "b", "c", "d");
    assertThat(lanes.haveRoom()).isTrue();
  }

  @Test
  void passOverWhatWasCancelledAndCancelWhatIsUnderWay() {
    List<CompletableFuture<String>> works = new ArrayList<>();
    CompletableFuture<String> a = work("a", works);
    work("b", works);
    CompletableFuture<String> c = work("c", works);
    work("d", works);
    c.cancel(true);
    a.cancel(true);
    assertThat(works.get(0)).isCancelled();
    assertThat(begun).containsExactly("a", "b", "d");
  }

  @Test
  void goOnBehindAWorkThatCannotBegin() {
    CompletableFuture<String> failed =
        lanes.run(
            () -> {
              throw new IllegalStateException("closed");
            });
    assertThat(failed).isCompletedExceptionally();
    assertThatThrownBy(failed::join).hasRootCauseMessage("closed");
    assertThat(lanes.haveRoom()).isTrue();
  }

  @Test
  void keepAllOthersWaitingForWhatIsDoneAlone() throws InterruptedException {
    List<CompletableFuture<String>> works = new ArrayList<>();
    work("a", works);
    CountDownLatch isAlone = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                lanes.alone(
                    () -> {
                      isAlone.countDown();
                      goOn.await();
                      return "";
                    });
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    assertThat(isAlone.await(200, TimeUnit.MILLISECONDS)).as("while a is under way").isFalse();
    work("b", works);
    assertThat(begun).containsExactly("a");
    works.get(0).complete("A");
    assertThat(isAlone.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(begun).containsExactly("a");
    assertThat(lanes.haveRoom()).isFalse();
    goOn.countDown();
    thread.join();
    assertThat(begun).containsExactly("a", "b");
  }

  @Test
  void letOthersGoOnWhereWaitingToBeAloneIsInterrupted() {
    List<CompletableFuture<String>> works = new ArrayList<>();
    work("a", works);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> lanes.alone(() -> "")).isInstanceOf(InterruptedException.class);
    work("b", works);
    assertThat(begun).containsExactly("a", "b");
  }
}
