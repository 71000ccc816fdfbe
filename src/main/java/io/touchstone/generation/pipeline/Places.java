package io.touchstone.generation.pipeline;

import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.GenerationMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may hold some of the model's memory, and for how long: samples get places in the order of
 * their age, and where memory runs short the youngest gives its place up. The oldest always goes
 * on, for no prompt is let in that could not be answered alone. One thread at a time.
 */
final class Places {

  private final CausalModel model;
  private final SequenceLedger ledger;
  private final Function<Sample, OpenAnswer> begins;
  private final AnswerLengths lengths;
  private final int chunk;
  private final int passTokens;

  /** Blocks that live sequences are expected to take more. */
  private volatile long expectedBlocks;

  /** After a place was given up, and until one becomes free: else the same would come again. */
  private boolean closed;

  /**
   * @param begins an answer without a token
   * @param lengths that answers are expected to have
   */
  Places(CausalModel model, Function<Sample, OpenAnswer> begins, AnswerLengths lengths) {
    GenerationMemory memory = model.memory();
    this.model = model;
    this.ledger = new SequenceLedger(memory);
    this.begins = begins;
    this.lengths = lengths;
    this.chunk = model.chunk();
    this.passTokens = Math.max(chunk, memory.passTokens());
  }

  int passTokens() {
    return passTokens;
  }

  /** The most that live at a time: beside them a pass has tokens left for a prompt. */
  int most() {
    return Math.max(1, passTokens - chunk);
  }

  int taken() {
    return ledger.sequences();
  }

  /** Whether so many more, with so many tokens together, would get places soon. */
  boolean hasRoomFor(int samples, long tokens) {
    long blocks =
        samples * (long) ledger.blocksOf(lengths.expected()) + tokens / ledger.blockTokens();
    return !closed
        && ledger.sequences() + samples <= most()
        && ledger.fits(samples, blocks + expectedBlocks);
  }

  /** Says that a place has become free. */
  void freed() {
    closed = false;
  }

  /**
   * Plans a pass.
   *
   * @param running the samples that it is about, by age
   * @param paused others, by age, which may hold places
   */
  PassPlan plan(List<Sample> running, List<Sample> paused) {
    growOrGiveUp(running, paused);
    expectedBlocks = running.stream().mapToLong(this::expected).sum();
    List<Sample> decoding = running.stream().filter(Sample::decodes).toList();
    PassPlan plan = new PassPlan(decoding, prompts(running, passTokens - decoding.size()));
    if (plan.isEmpty()) {
      // The oldest had to wait for places of others that no pass is about.
      for (int p = paused.size() - 1; p >= 0 && plan.isEmpty(); p--) {
        paused.get(p).release();
        closed = false;
        plan = new PassPlan(decoding, prompts(running, passTokens));
      }
    }
    return plan;
  }

  /** Blocks that a sample with a place will yet take, if it comes to the length of others. */
  private long expected(Sample sample) {
    Sample.Place place = sample.place();
    return place == null ? 0 : place.lease().missing(sample.prompt().length + lengths.expected());
  }

  /** Makes room for one token more of each that decodes. */
  private void growOrGiveUp(List<Sample> running, List<Sample> paused) {
    List<Sample> byWorth = new ArrayList<>(running);
    byWorth.addAll(paused);
    for (Sample sample : running) {
      Sample.Place place = sample.place();
      if (place == null || !sample.decodes()) {
        continue;
      }
      int tokens = place.tokens() + 1;
      for (int v = byWorth.size() - 1;
          !ledger.fits(0, place.lease().missing(tokens)) && byWorth.get(v) != sample;
          v--) {
        if (byWorth.get(v).place() != null) {
          byWorth.get(v).release();
          closed = true;
        }
      }
      if (!ledger.fits(0, place.lease().missing(tokens)) && sample != byWorth.get(0)) {
        sample.release();
        closed = true;
        continue;
      }
      place.lease().grow(tokens);
    }
  }

  private List<PassPlan.Piece> prompts(List<Sample> running, int tokens) {
    List<PassPlan.Piece> pieces = new ArrayList<>();
    int left = tokens;
    for (Sample sample : running) {
      if (left <= 0) {
        break;
      }
      if (sample.isAnswered() || sample.decodes() || awaitsSibling(sample)) {
        continue;
      }
      if (sample.waits()) {
        if (awaitsPrefix(sample, running, pieces)) {
          continue;
        }
        if (!admit(sample, running)) {
          break;
        }
      }
      left -= addPiece(sample, pieces, left);
    }
    return pieces;
  }

  private int addPiece(Sample sample, List<PassPlan.Piece> pieces, int left) {
    Sample.Place place = sample.place();
    if (place == null) {
      return 0;
    }
    int missing = sample.prompt().length - place.tokens();
    int taken = missing <= left ? missing : left / chunk * chunk;
    if (taken > 0) {
      pieces.add(new PassPlan.Piece(sample, place, place.tokens(), place.tokens() + taken));
    }
    return taken;
  }

  /** The first of a row's samples brings the prompt in; the others fork it when it is there. */
  private static boolean awaitsSibling(Sample sample) {
    return sample.waits()
        && sample.row().samples().stream()
            .anyMatch(other -> other.place() != null && !other.decodes());
  }

  /**
   * Whether a prompt has more in common with one on its way than the model has of it. That one then
   * stops where they part, as a model may keep nothing but its last state.
   */
  private boolean awaitsPrefix(Sample sample, List<Sample> running, List<PassPlan.Piece> pieces) {
    int known = 0;
    for (Sample other : running) {
      known = Math.max(known, common(sample, other, other.promptTokensDone()));
    }
    int best = known;
    int source = -1;
    for (int p = 0; p < pieces.size(); p++) {
      int soon = common(sample, pieces.get(p).sample(), Integer.MAX_VALUE);
      if (soon > best) {
        best = soon;
        source = p;
      }
    }
    if (source < 0) {
      return false;
    }
    PassPlan.Piece piece = pieces.get(source);
    if (piece.end() > best) {
      pieces.set(source, piece.upTo(best));
    }
    return true;
  }

  /** Tokens that two prompts share, in whole chunks and short of the whole of the first. */
  private int common(Sample sample, Sample other, int most) {
    int[] own = sample.prompt();
    int[] others = other.prompt();
    int bound = Math.min(Math.min(own.length - 1, others.length), most);
    if (bound < chunk) {
      return 0;
    }
    int differs = Arrays.mismatch(own, 0, bound, others, 0, bound);
    return (differs < 0 ? bound : differs) / chunk * chunk;
  }

  private boolean admit(Sample sample, List<Sample> running) {
    if (closed && ledger.sequences() > 0 || ledger.sequences() >= most()) {
      return false;
    }
    Sample source = null;
    int shared = 0;
    for (Sample other : running) {
      int common = common(sample, other, other.promptTokensDone());
      if (common > shared) {
        shared = common;
        source = other;
      }
    }
    int tokens = sample.prompt().length + 1;
    if (source != null && fork(sample, source, shared, tokens)) {
      return true;
    }
    if (!fits(sample, ledger.blocksOf(tokens))) {
      return false;
    }
    seat(sample, model.begin(), ledger.lease(tokens));
    return true;
  }

  private void seat(Sample sample, Sequence sequence, SequenceLedger.Lease lease) {
    sample.take(new Sample.Place(sequence, lease, begins.apply(sample)));
    expectedBlocks += expected(sample);
  }

  /**
   * Whether one more fits, though all come to the length that is expected of them: else places
   * would be given up again that were hardly taken. The first one fits in any case.
   */
  private boolean fits(Sample sample, int blocks) {
    int tokens = sample.prompt().length;
    long growth = ledger.blocksOf(tokens + lengths.expected()) - (long) ledger.blocksOf(tokens + 1);
    return ledger.fits(1, blocks + expectedBlocks + growth)
        || ledger.sequences() == 0 && ledger.fits(1, blocks);
  }

  /**
   * Gives those of a row's samples that wait places beside the first, whose prompt has just come to
   * its end.
   *
   * @return those that got one
   */
  List<Sample> forkSiblings(Sample first) {
    List<Sample> forked = new ArrayList<>();
    int tokens = first.prompt().length;
    for (Sample sibling : first.row().samples()) {
      if (!sibling.waits()) {
        continue;
      }
      if (closed || ledger.sequences() >= most() || !fork(sibling, first, tokens, tokens + 1)) {
        break;
      }
      forked.add(sibling);
    }
    return forked;
  }

  private boolean fork(Sample sample, Sample source, int shared, int tokens) {
    Sample.Place of = source.place();
    if (of == null) {
      return false;
    }
    int own = ledger.blocksOf(tokens) - shared / ledger.blockTokens();
    if (!fits(sample, own)) {
      return false;
    }
    @Nullable Sequence sequence = model.fork(of.sequence(), shared);
    if (sequence == null) {
      return false;
    }
    seat(sample, sequence, of.lease().fork(shared, tokens));
    return true;
  }
}
