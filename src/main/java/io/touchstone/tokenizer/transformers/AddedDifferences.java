package io.touchstone.tokenizer.transformers;

import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** In what two lists of added tokens differ, as far as ids can. */
final class AddedDifferences {
  private static final int SHOWN = 5;

  private AddedDifferences() {}

  /**
   * Each fit for a sentence; empty if both give the same ids to every text.
   *
   * @param before those of the file, by id
   */
  static List<String> of(
      TokenizerFile file,
      SortedMap<Integer, AddedToken> before,
      SortedMap<Integer, AddedToken> after) {
    Map<String, Integer> old = ids(before);
    Map<String, Integer> now = ids(after);
    List<AddedToken> more = new ArrayList<>();
    List<AddedToken> otherId = new ArrayList<>();
    List<AddedToken> otherFlags = new ArrayList<>();
    after.forEach(
        (id, token) -> {
          Integer known = old.get(token.content());
          if (known == null) {
            more.add(token);
          } else if (!known.equals(id)) {
            otherId.add(token);
          } else if (!token.matchesAs(before.getOrDefault(known, token))) {
            otherFlags.add(token);
          }
        });
    List<String> differences = new ArrayList<>();
    tell(more, "added", differences);
    tell(
        before.values().stream().filter(token -> !now.containsKey(token.content())).toList(),
        "no longer added",
        differences);
    tell(otherId, "with another id", differences);
    tell(otherFlags, "with other flags", differences);
    if (before.size() < file.added().stream().filter(token -> !token.content().isEmpty()).count()) {
      differences.add("added tokens that have a text or an id in common taken for one");
    }
    return differences;
  }

  private static Map<String, Integer> ids(SortedMap<Integer, AddedToken> byId) {
    Map<String, Integer> ids = new HashMap<>();
    byId.forEach((id, token) -> ids.put(token.content(), id));
    return ids;
  }

  private static void tell(List<AddedToken> tokens, String how, List<String> differences) {
    if (tokens.isEmpty()) {
      return;
    }
    StringBuilder told = new StringBuilder();
    for (AddedToken token : tokens.subList(0, Math.min(SHOWN, tokens.size()))) {
      told.append(told.isEmpty() ? "" : ", ").append(Problem.shown(token.content()));
    }
    if (tokens.size() > SHOWN) {
      told.append(String.format(Locale.ROOT, " and %,d more", tokens.size() - SHOWN));
    }
    differences.add((tokens.size() == 1 ? "token " : "tokens ") + told + " " + how);
  }
}
