package io.touchstone.engine.passes;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Mixer;
import io.touchstone.engine.passes.FlatPass.Piece;
import io.touchstone.engine.passes.FlatPass.Step;
import io.touchstone.engine.program.Hybrid;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.Machine;
import io.touchstone.engine.program.MambaShape;
import io.touchstone.engine.program.PassProgram;
import io.touchstone.engine.program.PositionTables;
import io.touchstone.engine.weights.Layers;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A hybrid's layers over a pass, weights brought as their turn comes. */
public final class HybridCausalLayers implements CausalLayers {
  private final Parts parts;
  private final List<Mixer> mixers;

  /** MLPs at the end know of no other tokens: only those whose logits are wanted need them. */
  private final int tail;

  /**
   * @param tables whose mask has as many rows as a chunk has tokens
   */
  public record Parts(
      DecoderConfig config,
      Machine machine,
      Layers layers,
      PositionTables tables,
      CachedAttention attention,
      CachedMamba mamba,
      MambaShape mambaShape,
      SquaredMlp mlp) {}

  public HybridCausalLayers(Parts parts) {
    this.parts = parts;
    this.mixers = parts.config.hybrid().orElseThrow().mixers();
    int last = mixers.size();
    while (last > 0 && mixers.get(last - 1) == Mixer.MLP) {
      last--;
    }
    this.tail = last;
  }

  @Override
  public SequenceMemory begin() {
    return MambaMemory.empty(
        parts.machine, parts.mambaShape, parts.config.hybrid().orElseThrow().count(Mixer.MAMBA));
  }

  @Override
  public Optional<PassRows> run(Pass pass) {
    grow(pass);
    Hybrid.Space space = parts.mamba.space(pass);
    int mambas = 0;
    int attentions = 0;
    for (int l = 0; l < tail; l++) {
      int next = l + 1 < mixers.size() ? l + 1 : 0;
      LayerWeights weights = parts.layers.take(l, next);
      switch (mixers.get(l)) {
        case MAMBA ->
            parts.mamba.add(pass, space, mambas++, weights.tensors(), tasks -> bring(next, tasks));
        case MLP -> parts.mlp.add(pass.rows(), weights.tensors(), tasks -> bring(next, tasks));
        case ATTENTION -> {
          parts.attention.add(
              pass,
              new CachedAttention.Layer(
                  attentions++,
                  weights.tensors(),
                  parts.tables.sight(
                      l, parts.config.maxPositionEmbeddings(), parts.tables.angles())));
          bring(next, List.of());
        }
      }
    }
    remember(pass.flat());
    if (pass.flat().asked().isEmpty()) {
      return Optional.empty();
    }
    PassRows asked = pass.asked().rows();
    for (int l = tail; l < mixers.size(); l++) {
      int next = l + 1 < mixers.size() ? l + 1 : 0;
      LayerWeights weights = parts.layers.take(l, next);
      parts.mlp.add(asked, weights.tensors(), tasks -> bring(next, tasks));
    }
    return Optional.of(asked);
  }

  private void bring(int next, List<Runnable> tasks) {
    parts.layers.runBringing(next, tasks);
  }

  private void grow(Pass pass) {
    int longest = Arrays.stream(pass.flat().positions()).max().orElse(0) + 1;
    // Not anew for each token of a row that grows.
    parts.tables.grow(KeyValueCache.blocksOf(longest) * PassProgram.BLOCK);
  }

  private static void remember(FlatPass flat) {
    Set<CachedSequence> asked = new HashSet<>();
    flat.asked().forEach(step -> asked.add(step.sequence()));
    for (Piece piece : flat.pieces()) {
      CachedMamba.memory(piece.sequence()).appended(asked.contains(piece.sequence()));
    }
    for (Step step : flat.steps()) {
      CachedMamba.memory(step.sequence()).appended(asked.contains(step.sequence()));
    }
  }

  @Override
  public void close() {
    parts.layers.close();
  }
}
