package io.touchstone.generation.pipeline;

import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.Logits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One pass on its way: planned, run, and what has come of it told to the rows' sessions. */
final class Pass {
  private final Parts parts;
  private final List<Row> running;
  private final List<Row> paused;
  private PassPlan plan = new PassPlan(List.of(), List.of());
  private long nanos;

  /** What all passes of a model have in common. */
  record Parts(CausalModel model, Places places, AnswerLengths lengths, Choosing choosing) {}

  /**
   * @param running rows that it is about, by age
   * @param paused others, which may hold places
   */
  Pass(Parts parts, List<Row> running, List<Row> paused) {
    this.parts = parts;
    this.running = running;
    this.paused = paused;
  }

  /**
   * @throws io.touchstone.scoring.ScorerException if the model fails
   */
  void run() {
    plan = parts.places.plan(samples(running), samples(paused));
    if (plan.isEmpty()) {
      throw new IllegalStateException("expected a row that fits the memory, found none");
    }
    List<CausalModel.Feed> feeds = plan.feeds();
    long start = System.nanoTime();
    List<Logits> logits = parts.model.pass(feeds);
    nanos = System.nanoTime() - start;
    parts.choosing.choose(asking(logits));
  }

  private static List<Sample> samples(List<Row> rows) {
    return rows.stream().flatMap(row -> row.samples().stream()).toList();
  }

  /** Who takes a token from which logits: all samples of a row take their first from the same. */
  private List<Choosing.Asking> asking(List<Logits> logits) {
    List<Choosing.Asking> asking = new ArrayList<>();
    int next = 0;
    for (Sample sample : plan.decoding()) {
      asking.add(new Choosing.Asking(sample.open(), logits.get(next++)));
    }
    for (PassPlan.Piece piece : plan.prompts()) {
      if (piece.isLast()) {
        Logits first = logits.get(next++);
        asking.add(new Choosing.Asking(piece.sample().open(), first));
        for (Sample sibling : parts.places.forkSiblings(piece.sample())) {
          asking.add(new Choosing.Asking(sibling.open(), first));
        }
      }
    }
    return asking;
  }

  /**
   * Hands out what has come of it.
   *
   * @return the rows that are done
   */
  Set<Row> handed() {
    Map<ReplicaSession, Share> shares = new LinkedHashMap<>();
    for (Sample sample : plan.decoding()) {
      share(shares, sample).tokens++;
    }
    for (PassPlan.Piece piece : plan.prompts()) {
      Share share = share(shares, piece.sample());
      share.tokens += piece.tokens();
      share.computed += piece.tokens();
    }
    long all = shares.values().stream().mapToLong(share -> share.tokens).sum();
    shares.forEach(
        (session, share) ->
            session.count(share.computed, Math.round((double) nanos * share.tokens / all)));
    Set<Row> done = new HashSet<>();
    for (Row row : running) {
      if (row.isGivenUp()) {
        continue;
      }
      settle(row);
      AnsweredPrompt outcome = row.outcome();
      if (outcome != null) {
        row.release();
        parts.places.freed();
        row.session().finish(outcome);
        done.add(row);
      }
    }
    return done;
  }

  private static Share share(Map<ReplicaSession, Share> shares, Sample sample) {
    return shares.computeIfAbsent(sample.row().session(), session -> new Share());
  }

  private void settle(Row row) {
    for (Sample sample : row.samples()) {
      if (sample.place() == null) {
        continue;
      }
      OpenAnswer open = sample.open();
      row.session().generated(sample.takeGenerated(open.tokens()));
      open.refusal().ifPresent(row::refuse);
      open.ended()
          .ifPresent(
              answer -> {
                sample.answered(answer);
                parts.lengths.ended(answer.tokens());
                parts.places.freed();
              });
    }
  }

  /** What a session had of a pass. */
  private static final class Share {
    private long tokens;
    private long computed;
  }
}
