package io.touchstone.checkpoint.config;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a family calls its rotary settings, and takes where there are none.
 *
 * @param thetaKey the base's name beside the settings
 * @param shareKey the name beside them of the share of each head that is turned
 * @param share that is turned where nothing is said; empty where heads are turned whole, whatever
 *     is said
 * @param original the length before it was stretched, where none is said; empty for the most
 *     positions
 * @param types that are computed
 * @param longRope types that mean longrope
 */
public record RotaryWays(
    String thetaKey,
    double theta,
    String shareKey,
    OptionalDouble share,
    OptionalInt original,
    List<String> types,
    Set<String> longRope) {

  private static final String THETA = "rope_theta";
  private static final String SHARE = "partial_rotary_factor";
  private static final List<String> ALL =
      List.of("default", "linear", "llama3", "yarn", "dynamic", "longrope");
  private static final Set<String> LONG_ROPE = Set.of("longrope");

  /** Those of most families. */
  public static final RotaryWays USUAL =
      new RotaryWays(
          THETA, 10_000, SHARE, OptionalDouble.empty(), OptionalInt.empty(), ALL, LONG_ROPE);

  /** Phi-3's: longrope under the names that it once had ({@code Phi3Config}). */
  public static final RotaryWays PHI =
      new RotaryWays(
          THETA,
          10_000,
          SHARE,
          OptionalDouble.of(1),
          OptionalInt.of(4_096),
          List.of("default", "longrope", "su", "yarn"),
          Set.of("longrope", "su", "yarn"));

  /** GPT-NeoX' ({@code GPTNeoXConfig}). */
  public static final RotaryWays NEOX =
      new RotaryWays(
          "rotary_emb_base",
          10_000,
          "rotary_pct",
          OptionalDouble.of(0.25),
          OptionalInt.empty(),
          ALL,
          LONG_ROPE);

  /** The types, told. */
  String typesTold() {
    int last = types.size() - 1;
    return String.join(", ", types.subList(0, last)) + " or " + types.get(last);
  }
}
