package io.touchstone.tokenizer.transformers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Added tokens as Hugging Face's tokenizers 0.23 keeps them. One that the model's vocabulary lacks
 * gets the next id that is free when it first comes; one that comes again keeps its id and takes
 * the later flags; two that come to the same id are one, the later.
 */
final class AddedVocabulary {
  private final Vocabulary model;
  private final Map<String, Integer> ids = new HashMap<>();
  private final SortedMap<Integer, AddedToken> byId = new TreeMap<>();
  private final Set<String> everSpecial = new HashSet<>();
  private int last = -1;

  AddedVocabulary(Vocabulary model) {
    this.model = model;
  }

  void add(AddedToken token) {
    if (token.content().isEmpty()) {
      return;
    }
    if (token.special()) {
      everSpecial.add(token.content());
    }
    Integer known = ids.getOrDefault(token.content(), model.ids().get(token.content()));
    int id = known == null ? Math.max(last + 1, model.size()) : known;
    if (ids.containsKey(token.content()) && token.isAs(byId.get(id))) {
      return;
    }
    ids.put(token.content(), id);
    byId.put(id, token);
    last = Math.max(last, id);
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

  /** By their ids. In this order any version of the library gives them the same ones again. */
  SortedMap<Integer, AddedToken> byId() {
    return byId;
  }

  List<AddedToken> tokens() {
    return new ArrayList<>(byId.values());
  }
}
