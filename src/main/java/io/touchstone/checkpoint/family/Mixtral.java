package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.DecoderReader.Nullable;
import io.touchstone.checkpoint.config.DecoderSizes;
import io.touchstone.checkpoint.config.Experts;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.WindowReader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mistral with experts in the place of the MLP, and a window if one is given ({@code
 * MixtralConfig}).
 */
final class Mixtral implements Family {
  private static final DecoderSizes ABSENT =
      new DecoderSizes(4_096, 14_336, 32, 32, 8, 0, 32_000, 131_072);
  private static final Experts.Names NAMES =
      new Experts.Names("block_sparse_moe.gate", "block_sparse_moe.experts.", ".w1", ".w3", ".w2");
  private static final String COUNT = "num_local_experts";

  @Override
  public String modelType() {
    return "mixtral";
  }

  @Override
  public Map<String, HeadClass> classes() {
    return Family.classes("Mixtral");
  }

  @Override
  public Set<String> understood() {
    return Set.of(COUNT);
  }

  @Override
  public DecoderConfig read(DecoderReader reader) {
    Fields sizes = reader.sizes();
    DecoderSizes read = reader.sizes(ABSENT, Set.of(Nullable.HEAD_DIM));
    DecoderConfig decoder = reader.read(read, sizes.positive("rms_norm_eps", 1e-5));
    // transformers' own default is another one than that of other families.
    String theta = "rope_theta";
    if (!sizes.has(theta) && !sizes.get("rope_parameters").has(theta)) {
      sizes.expected(theta, "a positive number");
    }
    WindowReader windows = new WindowReader(sizes, decoder.layers());
    int count = Experts.count(sizes, COUNT, decoder.layers(), 8);
    Experts experts =
        new Experts(
            count,
            Experts.chosen(sizes, count, 2),
            decoder.intermediateSize(),
            true,
            Set.of(),
            NAMES);
    return decoder
        .with(
            sizes.given("sliding_window")
                ? decoder.attention().with(windows.in(layer -> true))
                : decoder.attention())
        .with(
            new Mlp(
                reader.activation("hidden_act", Activation.SILU),
                true,
                false,
                Optional.of(experts)));
  }
}
