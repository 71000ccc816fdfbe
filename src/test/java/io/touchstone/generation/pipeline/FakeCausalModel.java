package io.touchstone.generation.pipeline;

import io.touchstone.generation.CausalModel;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Logits;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A small arithmetic that holds whoever feeds it to the contract. Logits follow from all tokens of
 * a sequence, and from how they were cut: those of a whole chunk, of a shorter one and of a single
 * step count differently, as the last bits of a real model do.
 */
final class FakeCausalModel implements CausalModel {

  static final int EOS = 0;

  /** A sequence with this token has no finite logits. */
  static final int BREAKS = 7;

  private final GenerationMemory memory;
  private final int chunk;
  private final int vocabulary;
  private final boolean keepsOnlyTheLastState;
  private final AtomicInteger inside = new AtomicInteger();
  private final Set<FakeSequence> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private int pass;
  private boolean closed;

  int begun;
  int forked;
  int mostLive;
  long fed;
  long mostBytes;

  /** The pass that fails, by its number from 1; 0 for none. */
  volatile int fails;

  /** Adds the number of other feeds to each logit: then bits depend on the company. */
  boolean mindsCompany;

  /** Gives no finite logits at all. */
  boolean isBroken;

  /** The numbers of feeds and of fed tokens of each pass. */
  final List<List<Integer>> passes = Collections.synchronizedList(new ArrayList<>());

  FakeCausalModel(GenerationMemory memory, int chunk, int vocabulary, boolean onlyTheLastState) {
    this.memory = memory;
    this.chunk = chunk;
    this.vocabulary = vocabulary;
    this.keepsOnlyTheLastState = onlyTheLastState;
  }

  private final class FakeSequence implements Sequence {
    private final List<Long> states = new ArrayList<>();
    private final List<Object> blocks = new ArrayList<>();
    private boolean promptIsOver;
    private boolean open = true;

    @Override
    public int tokens() {
      return states.size();
    }

    @Override
    public void close() {
      alone(
          () -> {
            require(open, "a sequence is closed twice");
            open = false;
            live.remove(this);
            return this;
          });
    }

    private void append(int[] ids) {
      require(open, "a closed sequence is fed");
      require(ids.length > 0, "a feed is empty");
      require(states.size() % chunk == 0 || ids.length == 1, "a feed begins within a chunk");
      require(!promptIsOver || ids.length == 1, "a prompt goes on behind its end");
      promptIsOver |= (states.size() + ids.length) % chunk != 0;
      for (int i = 0; i < ids.length; i++) {
        int together = Math.min(chunk, ids.length - i / chunk * chunk);
        long before = states.isEmpty() ? 1 : states.get(states.size() - 1);
        states.add(mixed(mixed(before, ids[i]), together == chunk ? 0 : together));
      }
      int missing = (states.size() + memory.blockTokens() - 1) / memory.blockTokens();
      while (blocks.size() < missing) {
        blocks.add(new Object());
      }
    }
  }

  private static void require(boolean holds, String breach) {
    if (!holds) {
      throw new AssertionError(breach);
    }
  }

  private static long mixed(long state, long value) {
    long mixed = (state ^ value * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    mixed ^= mixed >>> 29;
    return mixed * 0x94D049BB133111EBL ^ mixed >>> 32;
  }

  private interface Use<T> {
    T now();
  }

  private <T> T alone(Use<T> use) {
    require(inside.incrementAndGet() == 1, "two threads use the model");
    try {
      require(!closed, "the closed model is used");
      return use.now();
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public Sequence begin() {
    return alone(
        () -> {
          begun++;
          return born(new FakeSequence());
        });
  }

  private FakeSequence born(FakeSequence sequence) {
    live.add(sequence);
    mostLive = Math.max(mostLive, live.size());
    return sequence;
  }

  @Override
  public @Nullable Sequence fork(Sequence of, int tokens) {
    FakeSequence source = (FakeSequence) of;
    return alone(
        () -> {
          require(source.open, "a closed sequence is forked");
          require(
              tokens == source.tokens() || tokens % chunk == 0 && tokens < source.tokens(),
              "a fork within a chunk");
          if (keepsOnlyTheLastState && tokens != source.tokens()) {
            return null;
          }
          forked++;
          FakeSequence fork = new FakeSequence();
          fork.states.addAll(source.states.subList(0, tokens));
          fork.promptIsOver = tokens % chunk != 0;
          int whole = tokens / memory.blockTokens();
          fork.blocks.addAll(source.blocks.subList(0, whole));
          while (fork.blocks.size() * memory.blockTokens() < tokens) {
            fork.blocks.add(new Object());
          }
          return born(fork);
        });
  }

  @Override
  public List<Logits> pass(List<Feed> feeds) {
    return alone(() -> run(feeds));
  }

  private List<Logits> run(List<Feed> feeds) {
    pass++;
    require(!feeds.isEmpty(), "a pass is empty");
    int tokens = feeds.stream().mapToInt(feed -> feed.ids().length).sum();
    passes.add(List.of(feeds.size(), tokens));
    fed += tokens;
    require(tokens <= memory.passTokens(), "a pass has too many tokens");
    Set<Sequence> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    if (pass == fails) {
      throw new ScorerException("the model's file is gone");
    }
    List<Logits> logits = new ArrayList<>();
    for (Feed feed : feeds) {
      require(seen.add(feed.sequence()), "a sequence is fed twice in a pass");
      FakeSequence sequence = (FakeSequence) feed.sequence();
      sequence.append(feed.ids());
      if (feed.logits()) {
        logits.add(new FakeLogits(pass, values(sequence, mindsCompany ? feeds.size() : 1)));
      }
    }
    Set<Object> blocks = Collections.newSetFromMap(new IdentityHashMap<>());
    live.forEach(sequence -> blocks.addAll(sequence.blocks));
    long bytes =
        memory.perSequence() * live.size()
            + memory.perToken() * memory.blockTokens() * blocks.size();
    mostBytes = Math.max(mostBytes, bytes);
    require(bytes <= memory.forSequences(), "sequences take more than the memory");
    return logits;
  }

  private float[] values(FakeSequence sequence, int company) {
    long state = sequence.states.get(sequence.tokens() - 1);
    float[] values = new float[vocabulary];
    for (int id = 0; id < vocabulary; id++) {
      values[id] = (mixed(state, id) >>> 40) * 0x1p-21f + company - 1;
    }
    if (Long.remainderUnsigned(state, 11) == 0) {
      values[EOS] += 20;
    }
    if (isBroken || sequence.states.contains(broken(sequence))) {
      values[3] = Float.NaN;
    }
    return values;
  }

  /** The state behind a first token that breaks the sequence. */
  private long broken(FakeSequence sequence) {
    long alone = mixed(mixed(1, BREAKS), 1);
    return sequence.states.get(0) == alone ? alone : mixed(mixed(1, BREAKS), 0);
  }

  private final class FakeLogits implements Logits {
    private final int of;
    private final float[] values;

    FakeLogits(int of, float[] values) {
      this.of = of;
      this.values = values;
    }

    private float[] valid() {
      require(of == pass, "logits of an earlier pass are read");
      return values;
    }

    @Override
    public int argmax() {
      int best = 0;
      for (int id = 1; id < vocabulary; id++) {
        best = valid()[id] > values[best] ? id : best;
      }
      return best;
    }

    @Override
    public float at(int id) {
      return valid()[id];
    }

    @Override
    public double logSumExp() {
      double sum = 0;
      for (float value : valid()) {
        sum += Math.exp(value);
      }
      return Math.log(sum);
    }

    @Override
    public float[] all() {
      return valid().clone();
    }
  }

  int live() {
    return live.size();
  }

  @Override
  public int chunk() {
    return chunk;
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public GenerationMemory memory() {
    return memory;
  }

  @Override
  public void close() {
    closed = true;
  }
}
