package io.touchstone.checkpoint;

import io.touchstone.checkpoint.config.Gate;
import io.touchstone.checkpoint.config.RewardHead;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a folder's tensors, without the prefix that a wrapper put before all of them, and
 * with the family's own, {@code model.} for most, where the inner model alone was saved. The head
 * may stand outside of the prefix.
 *
 * @param stripped what all names but the head's begin with
 * @param added what they lack after that
 * @param heads what the names of heads begin with
 */
record WeightNames(String stripped, String added, Set<String> heads) {
  private static final List<String> WRAPPERS =
      List.of("module.", "_orig_mod.", "base_model.model.", "transformer.", "backbone.");
  private static final List<String> INNER =
      List.of(
          "layers.",
          "embed_tokens.",
          "norm.",
          "embeddings.",
          "norm_f.",
          "tok_embeddings.",
          "h.",
          "wte.",
          "wpe.",
          "ln_f.",
          "embed_in.",
          "final_layer_norm.");

  /**
   * @param model what the family's names begin with
   */
  static WeightNames of(
      Collection<String> stored, String model, Optional<RewardHead.Classifier> classifier) {
    Set<String> heads = new HashSet<>(Set.of(ExpectedTensors.LM_HEAD, ExpectedTensors.NEOX_HEAD));
    classifier.ifPresent(
        head -> {
          head.layers().forEach(layer -> layer.names().forEach(n -> heads.add(n + '.')));
          if (head.gate().isPresent()) {
            heads.add("gating.");
            heads.add(Gate.TRANSFORM);
          }
        });
    StringBuilder stripped = new StringBuilder();
    boolean more = true;
    while (more) {
      more = false;
      for (String wrapper : WRAPPERS) {
        if (allBegin(stored, stripped + wrapper, heads)) {
          stripped.append(wrapper);
          more = true;
        }
      }
    }
    WeightNames names = new WeightNames(stripped.toString(), "", heads);
    boolean inner =
        stored.stream()
            .map(names::of)
            .filter(name -> !isHead(name, heads))
            .allMatch(name -> INNER.stream().anyMatch(name::startsWith));
    return inner ? new WeightNames(names.stripped, model, heads) : names;
  }

  private static boolean allBegin(Collection<String> stored, String prefix, Set<String> heads) {
    List<String> bodies = stored.stream().filter(name -> !isHead(name, heads)).toList();
    return !bodies.isEmpty() && bodies.stream().allMatch(name -> name.startsWith(prefix));
  }

  /** As transformers calls a tensor that is stored under this name. */
  String of(String stored) {
    String name = stored.startsWith(stripped) ? stored.substring(stripped.length()) : stored;
    return isHead(name, heads) ? name : added + name;
  }

  private static boolean isHead(String name, Set<String> heads) {
    return heads.stream().anyMatch(name::startsWith);
  }
}
