package io.touchstone.engine.passes;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Workers;
import io.touchstone.engine.program.LayerShape;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.PositionTables;
import io.touchstone.engine.weights.StoredWeights;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Logits;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A causal model over a cache of keys and values, run layer by layer over whole passes.
 *
 * <p>What a token's bits depend on is its own sequence: prompts are computed in chunks from their
 * first token on, a single token looks at whole blocks of its own, products are cut by their
 * matrices and never have few rows.
 */
public final class CachedCausalModel implements CausalModel {
  private final Parts parts;
  private final PassProgram program;

  /** Owns the logits of the last pass. */
  private Optional<PtNDManager> last = Optional.empty();

  /**
   * What a model is made of.
   *
   * @param embedding name of the tensor
   * @param tables empty where positions turn nothing
   * @param maxTokens of a sequence
   */
  public record Parts(
      Machine machine,
      StoredWeights stored,
      LayerShape shape,
      String embedding,
      Optional<PositionTables> tables,
      KeyValueCache cache,
      CausalLayers layers,
      TokenHead head,
      int maxTokens,
      GenerationMemory memory) {}

  public CachedCausalModel(Parts parts) {
    this.parts = parts;
    this.program = parts.machine.program().passes();
  }

  @Override
  public Sequence begin() {
    return CachedSequence.empty(parts.cache, parts.layers.begin());
  }

  @Override
  public @Nullable Sequence fork(Sequence of, int tokens) {
    if (tokens < 0 || tokens > of.tokens() || tokens % chunk() != 0 && tokens < of.tokens()) {
      throw new IllegalArgumentException(
          "fork: expected all of %d tokens or a multiple of %d, found %d"
              .formatted(of.tokens(), chunk(), tokens));
    }
    return ((CachedSequence) of).fork(tokens);
  }

  @Override
  public List<Logits> pass(List<Feed> feeds) {
    check(feeds);
    last.ifPresent(PtNDManager::close);
    last = Optional.empty();
    if (feeds.isEmpty()) {
      return List.of();
    }
    Workers.settle();
    Machine machine = parts.machine;
    BlockChanges changes = new BlockChanges();
    for (Feed feed : feeds) {
      ((CachedSequence) feed.sequence()).reserve(feed.ids().length, changes);
    }
    changes.apply(parts.cache, machine);
    FlatPass flat = FlatPass.of(feeds, chunk());
    PtNDManager logitsOwner = machine.deviceForAWhile(machine.device());
    last = Optional.of(logitsOwner);
    List<Logits> logits;
    try (PtNDManager owner = machine.deviceForAWhile(machine.device())) {
      Pass pass =
          new Pass(
              machine,
              owner,
              parts.shape,
              parts.cache.tables(0),
              flat,
              embedded(owner, flat),
              turns(owner, flat));
      Optional<PassRows> states = parts.layers.run(pass);
      logits =
          states
              .map(rows -> parts.head.logits(logitsOwner, rows, flat.asked().size()))
              .orElse(List.of());
    }
    for (Feed feed : feeds) {
      ((CachedSequence) feed.sequence()).append(feed.ids().length);
    }
    return logits;
  }

  private PtNDArray embedded(PtNDManager owner, FlatPass flat) {
    Machine machine = parts.machine;
    PtNDArray table = parts.stored.tensor(parts.embedding);
    double factor = parts.shape.config().factors().embeddings();
    try (PtNDManager host = machine.hostForAWhile()) {
      PtNDArray ids = machine.hostNumbers(host, Pass.padded(flat.ids()));
      return machine
          .workers()
          .call(() -> machine.program().embed(owner, table, ids, factor, machine.anchor()));
    }
  }

  private PtNDArray turns(PtNDManager owner, FlatPass flat) {
    Machine machine = parts.machine;
    if (parts.tables.isEmpty()) {
      return machine.buffer(owner, Precision.FP32.torchType(), 0);
    }
    PositionTables tables = parts.tables.get();
    int longest = Arrays.stream(flat.positions()).max().getAsInt() + 1;
    // Not anew for each token of a row that grows.
    tables.grow(KeyValueCache.blocksOf(longest) * PassProgram.BLOCK);
    PtNDArray positions = machine.numbers(owner, Pass.padded(flat.positions()));
    return program.chosen(owner, tables.angles(), positions);
  }

  /**
   * @throws IllegalArgumentException naming the first feed that is none
   */
  private void check(List<Feed> feeds) {
    Set<Sequence> seen = new HashSet<>();
    int tokens = 0;
    for (int f = 0; f < feeds.size(); f++) {
      Feed feed = feeds.get(f);
      int before = feed.sequence().tokens();
      int count = feed.ids().length;
      tokens += count;
      ((CachedSequence) feed.sequence()).requireOpen();
      require(count > 0, f, "at least one token", 0);
      require(seen.add(feed.sequence()), f, "each sequence once", "one again");
      require(
          count == 1 || before % chunk() == 0,
          f,
          "one token after %d, which are no whole chunks".formatted(before),
          count);
      require(
          before + count <= parts.maxTokens,
          f,
          "at most %d tokens of a sequence".formatted(parts.maxTokens),
          before + count);
      for (int id : feed.ids()) {
        require(id >= 0 && id < vocabulary(), f, "ids from 0 to " + (vocabulary() - 1), id);
      }
    }
    if (tokens > memory().passTokens()) {
      throw new IllegalArgumentException(
          "pass: expected at most %d tokens, found %d".formatted(memory().passTokens(), tokens));
    }
  }

  private static void require(boolean holds, int feed, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "feed %d: expected %s, found %s".formatted(feed, expected, found));
    }
  }

  @Override
  public int chunk() {
    return PassProgram.BLOCK;
  }

  @Override
  public int vocabulary() {
    return parts.head.vocabulary();
  }

  @Override
  public GenerationMemory memory() {
    return parts.memory;
  }

  @Override
  public void confirm() {
    parts.stored.confirm();
  }

  @Override
  public SortedMap<String, String> mappedFiles() {
    return parts.stored.files();
  }

  @Override
  public void close() {
    parts.layers.close();
    parts.machine.close();
  }
}
