package io.touchstone.generation.endpoint;

import io.touchstone.generation.Answer;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.endpoint.EndpointReply.Sample;
import io.touchstone.generation.endpoint.EndpointReply.Unanswerable;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Rows of one task that a server is asked about. */
final class EndpointSession implements GenerationSession {

  /** After which a caller gets to see that nothing has come yet. */
  private static final long PATIENCE_MILLIS = 500;

  private final Endpoint endpoint;
  private final Lanes lanes;
  private final int samples;
  private final Set<Row> alive = new LinkedHashSet<>();

  /** Filled by the client's threads; all else changes in the session's, under its lock. */
  private final BlockingQueue<Came> came = new LinkedBlockingQueue<>();

  private long generated;
  private long presented;
  private long computed;
  private long busyNanos;
  private long busySince;

  /** That of a row which is answered alone meanwhile. */
  private @Nullable EndpointSession aside;

  private record Row(
      PreparedPrompt prompt,
      @Nullable Answer[] answers,
      List<CompletableFuture<EndpointReply>> calls) {

    /** The last one first, so that none gets the lane of one that was cancelled before it. */
    void cancel() {
      for (int last = calls.size() - 1; last >= 0; last--) {
        calls.get(last).cancel(true);
      }
    }

    boolean isAnswered() {
      return Arrays.stream(answers).allMatch(each -> each != null);
    }

    /** Rows are who they are, whatever they hold. */
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private record Came(
      Row row, int sample, @Nullable EndpointReply reply, @Nullable Throwable failure) {}

  EndpointSession(Endpoint endpoint, Lanes lanes, int samples) {
    this.endpoint = endpoint;
    this.lanes = lanes;
    this.samples = samples;
  }

  /** One row each session may always have, however many others have. */
  @Override
  public boolean hasRoom() {
    return alive.isEmpty() || lanes.haveRoom();
  }

  @Override
  public synchronized void start(PreparedPrompt prompt) {
    Row row = new Row(prompt, new Answer[samples], new ArrayList<>());
    if (alive.isEmpty()) {
      busySince = System.nanoTime();
    }
    alive.add(row);
    for (int number = 0; number < samples; number++) {
      int sample = number;
      CompletableFuture<EndpointReply> call =
          lanes.run(() -> SampleCall.begin(endpoint, prompt.prompt(), sample));
      row.calls().add(call);
      call.whenComplete((reply, failure) -> came.add(new Came(row, sample, reply, failure)));
    }
  }

  @Override
  public List<AnsweredPrompt> await() throws InterruptedException {
    List<AnsweredPrompt> finished = new ArrayList<>();
    if (alive.isEmpty()) {
      return finished;
    }
    for (@Nullable Came next = came.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        next != null;
        next = came.poll()) {
      if (alive.contains(next.row())) {
        take(next, finished);
      }
    }
    return finished;
  }

  private synchronized void take(Came next, List<AnsweredPrompt> finished) {
    Row row = next.row();
    if (next.reply() instanceof Sample sample) {
      row.answers()[next.sample()] = sample.answer();
      generated += sample.answer().tokens();
      presented += sample.promptTokens();
      computed += sample.promptTokens() - Math.min(sample.cachedTokens(), sample.promptTokens());
      if (row.isAnswered()) {
        end(row);
        finished.add(
            new AnsweredPrompt.Answered(
                row.prompt(), List.of(row.answers()), sample.promptTokens()));
      }
    } else if (next.reply() instanceof Unanswerable reason) {
      end(row);
      finished.add(
          new AnsweredPrompt.Refused(
              row.prompt(),
              new Rejected(reason.kind(), "expected an answer, found " + reason.told())));
    } else if (next.failure() != null) {
      throw failure(Cause.of(next.failure()));
    }
  }

  private synchronized void end(Row row) {
    row.cancel();
    alive.remove(row);
    if (alive.isEmpty()) {
      busyNanos += System.nanoTime() - busySince;
    }
  }

  private static ScorerException failure(Throwable cause) {
    return cause instanceof ScorerException ours
        ? ours
        : new ScorerException("asking the server failed: " + cause, cause);
  }

  @Override
  public AnsweredPrompt alone(PreparedPrompt prompt) throws InterruptedException {
    try (EndpointSession own =
        new EndpointSession(endpoint, new Lanes(endpoint.config().concurrency()), samples)) {
      setAside(own);
      try {
        return lanes.alone(() -> own.only(prompt));
      } finally {
        add(own.counts());
      }
    }
  }

  private AnsweredPrompt only(PreparedPrompt prompt) throws InterruptedException {
    start(prompt);
    List<AnsweredPrompt> answers = await();
    while (answers.isEmpty()) {
      answers = await();
    }
    return answers.get(0);
  }

  @Override
  public synchronized Counts counts() {
    EndpointSession alone = aside;
    Counts more = alone == null ? new Counts(0, 0, 0, 0, 0) : alone.counts();
    long busy = alive.isEmpty() ? busyNanos : busyNanos + System.nanoTime() - busySince;
    return new Counts(
        alive.size() + more.alive(),
        generated + more.generated(),
        presented + more.presented(),
        computed + more.computed(),
        busy + more.busyNanos());
  }

  private synchronized void setAside(EndpointSession own) {
    aside = own;
  }

  private synchronized void add(Counts of) {
    aside = null;
    generated += of.generated();
    presented += of.presented();
    computed += of.computed();
    busyNanos += of.busyNanos();
  }

  @Override
  public void close() {
    List<Row> rows = new ArrayList<>(alive);
    Collections.reverse(rows);
    rows.forEach(this::end);
  }
}
