package io.touchstone.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The names of a folder's tensors, without the prefix that a wrapper put before all of them, and
 * with {@code model.} where the inner model alone was saved. The head may stand outside of the
 * prefix.
 *
 * @param stripped what all names but the head's begin with
 * @param added what they lack after that
 */
record WeightNames(String stripped, String added) {
  private static final List<String> WRAPPERS =
      List.of("module.", "_orig_mod.", "base_model.model.", "transformer.");
  private static final String MODEL = "model.";
  private static final Set<String> HEADS =
      Set.of(ExpectedTensors.LM_HEAD, RewardHead.Classifier.TENSOR);
  private static final List<String> INNER = List.of("layers.", "embed_tokens.", "norm.");

  static WeightNames of(Collection<String> stored) {
    StringBuilder stripped = new StringBuilder();
    boolean more = true;
    while (more) {
      more = false;
      for (String wrapper : WRAPPERS) {
        if (allBegin(stored, stripped + wrapper)) {
          stripped.append(wrapper);
          more = true;
        }
      }
    }
    WeightNames names = new WeightNames(stripped.toString(), "");
    boolean inner =
        stored.stream()
            .map(names::of)
            .filter(name -> !HEADS.contains(name))
            .allMatch(name -> INNER.stream().anyMatch(name::startsWith));
    return inner ? new WeightNames(names.stripped, MODEL) : names;
  }

  private static boolean allBegin(Collection<String> stored, String prefix) {
    List<String> bodies = stored.stream().filter(name -> !HEADS.contains(name)).toList();
    return !bodies.isEmpty() && bodies.stream().allMatch(name -> name.startsWith(prefix));
  }

  /** As transformers calls a tensor that is stored under this name. */
  String of(String stored) {
    String name = stored.startsWith(stripped) ? stored.substring(stripped.length()) : stored;
    return HEADS.contains(name) ? name : added + name;
  }
}
