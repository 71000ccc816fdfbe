package io.touchstone.engine.passes;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.engine.program.LayerWeights;
import io.touchstone.engine.program.PositionTables;
import io.touchstone.engine.weights.Layers;
import java.util.List;
import java.util.Optional;

/** Llama's layers, each attention and a gated MLP, weights brought as their turn comes. */
public final class DecoderLayers implements CausalLayers {
  private final DecoderConfig config;
  private final Layers layers;
  private final PositionTables tables;
  private final CachedAttention attention;
  private final GatedMlp mlp;

  public DecoderLayers(
      DecoderConfig config,
      Layers layers,
      PositionTables tables,
      CachedAttention attention,
      GatedMlp mlp) {
    this.config = config;
    this.layers = layers;
    this.tables = tables;
    this.attention = attention;
    this.mlp = mlp;
  }

  @Override
  public Optional<PassRows> run(Pass pass) {
    int last = config.layers() - 1;
    for (int l = 0; l < last; l++) {
      int next = l + 1;
      LayerWeights weights = layers.take(l, next);
      attention.add(pass, layer(l, weights));
      mlp.add(pass.rows(), weights.tensors(), tasks -> layers.runBringing(next, tasks));
    }
    LayerWeights weights = layers.take(last, 0);
    if (pass.flat().asked().isEmpty()) {
      attention.keep(pass, layer(last, weights));
      layers.runBringing(0, List.of());
      return Optional.empty();
    }
    Pass.Asked asked = pass.asked();
    attention.addToAsked(pass, asked, layer(last, weights));
    mlp.add(asked.rows(), weights.tensors(), tasks -> layers.runBringing(0, tasks));
    return Optional.of(asked.rows());
  }

  /** Whether a layer has a window follows from the model alone, and so do bits. */
  private CachedAttention.Layer layer(int number, LayerWeights weights) {
    return new CachedAttention.Layer(
        number,
        weights.tensors(),
        tables.sight(number, config.maxPositionEmbeddings(), tables.angles()));
  }

  @Override
  public void close() {
    layers.close();
  }
}
