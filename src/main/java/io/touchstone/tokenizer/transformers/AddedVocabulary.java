package io.touchstone.tokenizer.transformers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Added tokens as Hugging Face's tokenizers 0.23 keeps them. One that the model's vocabulary lacks
 * gets an id when it first comes, the next after the largest that is taken when the call begins
 * which brings it; one that comes again keeps its id and takes the later flags; two that come to
 * the same id, as in a vocabulary with gaps, are one, the later.
 */
final class AddedVocabulary {
  private final Vocabulary model;
  private final Map<String, Integer> ids = new HashMap<>();
  private final SortedMap<Integer, AddedToken> byId = new TreeMap<>();
  private final Set<String> everSpecial = new HashSet<>();

  AddedVocabulary(Vocabulary model) {
    this.model = model;
  }

  /** Adds tokens in one go: what is free is looked up once. */
  void add(Collection<AddedToken> tokens) {
    int next = Math.max(byId.isEmpty() ? 0 : byId.lastKey() + 1, model.size());
    for (AddedToken token : tokens) {
      if (token.content().isEmpty()) {
        continue;
      }
      Integer known = ids.getOrDefault(token.content(), model.ids().get(token.content()));
      int id = known == null ? next++ : known;
      ids.put(token.content(), id);
      byId.put(id, token);
      if (token.special()) {
        everSpecial.add(token.content());
      }
    }
  }

  /** Whether a text is one of the tokens, and no other has taken its id. */
  boolean has(String content) {
    Integer id = ids.get(content);
    AddedToken token = id == null ? null : byId.get(id);
    return token != null && token.content().equals(content);
  }

  /** Whether it came as a special one at any time: then splitting special tokens spares it not. */
  boolean wasSpecial(AddedToken token) {
    return everSpecial.contains(token.content());
  }

  /** A token with the flags that it has on the way back to texts: once special, it stays so. */
  AddedToken asItWas(AddedToken token) {
    return wasSpecial(token) ? token.keptSpecial() : token;
  }

  /** By their ids. In this order any version of the library gives them the same ones again. */
  SortedMap<Integer, AddedToken> byId() {
    return byId;
  }

  List<AddedToken> tokens() {
    return new ArrayList<>(byId.values());
  }
}
