package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@link NamedTokens} as transformers 5.23.0 does ({@code PreTrainedTokenizerBase}, {@code
 * _from_pretrained} and {@code __init__}).
 *
 * <p>Where {@code tokenizer_config.json} has {@code added_tokens_decoder}, that counts alone. Else
 * {@code special_tokens_map.json} stands before the configuration, and {@code added_tokens.json}
 * and the added tokens of {@code tokenizer.json} make a decoder up. {@code
 * additional_special_tokens} is the old name of {@code extra_special_tokens}.
 */
final class NamedTokensReader {
  private static final List<String> NAMED =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");
  private static final String EXTRA = "extra_special_tokens";
  private static final String ADDITIONAL = "additional_special_tokens";
  private static final String SPECIFIC = "model_specific_special_tokens";
  private static final String DECODER = "added_tokens_decoder";
  private static final List<String> INFILLING =
      List.of("prefix_token", "middle_token", "suffix_token", "eot_token", "fill_token");

  private final TokenizerFolder folder;
  private final TokenizerFile file;
  private final Problems problems;

  /** The arguments that transformers gives to the class: texts, and objects that are tokens. */
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  /** Names whose value {@code special_tokens_map.json} gave. */
  private final Set<String> fromMap = new HashSet<>();

  private final SortedMap<Integer, AddedToken> decoder = new TreeMap<>();
  private final Map<String, AddedToken> byContent = new HashMap<>();

  private NamedTokensReader(TokenizerFolder folder, TokenizerFile file, Problems problems) {
    this.folder = folder;
    this.file = file;
    this.problems = problems;
  }

  static NamedTokens read(
      TokenizerFolder folder, TokenizerFile file, TokenizerClass ofClass, Problems problems) {
    NamedTokensReader reader = new NamedTokensReader(folder, file, problems);
    reader.readConfig();
    if (reader.values.containsKey(DECODER)) {
      reader.readDecoder();
    } else {
      reader.readMap();
      reader.readAddedTokens();
      reader.takeFileTokens();
    }
    Set<String> given = Set.copyOf(reader.values.keySet());
    return reader.tokens(ofClass, given);
  }

  private void readConfig() {
    folder.config().properties().forEach(each -> values.put(each.getKey(), each.getValue()));
    if (values.containsKey(ADDITIONAL) && isFalse(get(EXTRA))) {
      values.put(EXTRA, values.remove(ADDITIONAL));
    }
    ObjectNode specific = JsonNodeFactory.instance.objectNode();
    for (String name : List.copyOf(values.keySet())) {
      if (!NAMED.contains(name) && name.endsWith("_token") && get(name).isTextual()) {
        specific.set(name, values.remove(name));
      }
    }
    if (get(EXTRA).isObject()) {
      specific.setAll((ObjectNode) values.remove(EXTRA));
    }
    if (!specific.isEmpty()) {
      values.put(SPECIFIC, specific);
    }
  }

  private void readDecoder() {
    JsonNode given = get(DECODER);
    Problem at = TokenizerFolder.IN_CONFIG.field(DECODER);
    if (!given.isObject()) {
      problems.add(at.expected("an object of ids and tokens").found(JsonValue.shown(given)));
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      Problem here = TokenizerFolder.IN_CONFIG.field(DECODER + "." + Problem.shown(entry.getKey()));
      Optional<Integer> id = id(entry.getKey(), here);
      Optional<AddedToken> token = AddedToken.read(entry.getValue(), here, problems);
      if (id.isPresent() && token.isPresent()) {
        put(id.get(), token.get());
      }
    }
  }

  private Optional<Integer> id(String text, Problem here) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return problems.none(here.expected("an id").found(Problem.shown(text)));
    }
  }

  private void put(int id, AddedToken token) {
    decoder.put(id, token);
    byContent.put(token.content(), token);
  }

  private void readMap() {
    for (Map.Entry<String, JsonNode> entry : folder.specialTokensMap().properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      fromMap.add(name);
      if (value.isObject() && !name.equals(EXTRA)) {
        values.put(name, token(value));
      } else if (value.isArray() && name.equals(EXTRA)) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        get(EXTRA).forEach(all::add);
        value.forEach(each -> all.add(each.isObject() ? extraToken(each) : each));
        values.put(name, all);
      } else {
        values.put(name, value);
      }
    }
    if (get(EXTRA).isObject()) {
      ObjectNode specific = JsonNodeFactory.instance.objectNode();
      if (get(SPECIFIC) instanceof ObjectNode known) {
        specific.setAll(known);
      }
      specific.setAll((ObjectNode) values.remove(EXTRA));
      values.put(SPECIFIC, specific);
    }
  }

  /** Of an object of the map, which is a token that is special. */
  private static JsonNode token(JsonNode object) {
    ObjectNode token = object.deepCopy();
    return token.put("__type", "AddedToken").put("special", true);
  }

  /** Here transformers gives the flag twice where the file says it, which is an error. */
  private JsonNode extraToken(JsonNode object) {
    if (object.has("special")) {
      problems.add(
          Problem.in(TokenizerFolder.SPECIAL_TOKENS_MAP)
              .field(EXTRA)
              .expected("tokens that do not say whether they are special")
              .found("one that does"));
    }
    return token(object);
  }

  private void readAddedTokens() {
    Set<String> special = new HashSet<>();
    NAMED.forEach(name -> content(name, get(name)).ifPresent(special::add));
    get(EXTRA).forEach(each -> content(EXTRA, each).ifPresent(special::add));
    for (Map.Entry<String, JsonNode> entry : folder.addedTokens().properties()) {
      String content = entry.getKey();
      JsonNode id = entry.getValue();
      if (id.isIntegralNumber() && id.canConvertToInt()) {
        boolean named = special.contains(content);
        put(
            id.intValue(),
            new AddedToken(content, false, false, false, Optional.of(!named), named));
      } else {
        problems.add(
            Problem.in(TokenizerFolder.ADDED_TOKENS)
                .field(Problem.shown(content))
                .expected("an id")
                .found(JsonValue.shown(id)));
      }
    }
  }

  /** An object of the configuration is no token yet where transformers looks here. */
  private Optional<String> content(String name, JsonNode value) {
    return value.isObject() && !fromMap.contains(name)
        ? Optional.empty()
        : Optional.ofNullable((value.isObject() ? value.path("content") : value).textValue());
  }

  private void takeFileTokens() {
    for (int i = 0; i < file.added().size(); i++) {
      put(file.ids().get(i), file.added().get(i));
    }
  }

  private NamedTokens tokens(TokenizerClass ofClass, Set<String> given) {
    for (Map.Entry<String, String> own : ofClass.defaults().entrySet()) {
      values.putIfAbsent(
          own.getKey(),
          own.getValue().isEmpty() ? NullNode.getInstance() : TextNode.valueOf(own.getValue()));
    }
    file.padToken().ifPresent(pad -> values.putIfAbsent("pad_token", TextNode.valueOf(pad)));
    if (ofClass == TokenizerClass.CODE_LLAMA) {
      addInfilling();
    }
    if (values.containsKey(ADDITIONAL) && !values.containsKey(EXTRA)) {
      values.put(EXTRA, get(ADDITIONAL));
    }
    Map<String, AddedToken> named = new LinkedHashMap<>();
    for (String name : NAMED) {
      if (!TokenizerFolder.isNone(get(name))) {
        token(name, get(name))
            .ifPresent(
                token ->
                    named.put(
                        name,
                        // Transformers does not look for the flags of what only the class has.
                        given.contains(name)
                            ? byContent.getOrDefault(token.content(), token)
                            : token));
      }
    }
    specific().forEach((name, value) -> token(name, value).ifPresent(t -> named.put(name, t)));
    Set<String> unsaid = new HashSet<>(named.keySet());
    unsaid.removeAll(given);
    get(SPECIFIC).fieldNames().forEachRemaining(unsaid::remove);
    return new NamedTokens(named, unsaid, extra(), decoder);
  }

  /** The class itself has these as extra tokens, beside those that it is given. */
  private void addInfilling() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    get(ADDITIONAL).forEach(all::add);
    INFILLING.stream()
        .map(this::get)
        .filter(token -> !TokenizerFolder.isNone(token))
        .forEach(all::add);
    values.put(ADDITIONAL, all);
  }

  /** Tokens of a model's own: {@code image_token} and the like, and those that a group names. */
  private Map<String, JsonNode> specific() {
    Map<String, JsonNode> specific = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!NAMED.contains(name) && name.endsWith("_token") && isToken(value)) {
            specific.put(name, value);
          }
        });
    JsonNode group = get(SPECIFIC);
    if (!group.isObject() && !TokenizerFolder.isNone(group)) {
      problems.add(
          TokenizerFolder.IN_CONFIG
              .field(SPECIFIC)
              .expected("an object of names and tokens")
              .found(JsonValue.shown(group)));
    }
    group.properties().forEach(each -> specific.put(each.getKey(), each.getValue()));
    return specific;
  }

  private List<AddedToken> extra() {
    JsonNode extra = get(EXTRA);
    if (!extra.isArray() && !TokenizerFolder.isNone(extra)) {
      problems.add(
          at(EXTRA).expected("a list of tokens, or named ones").found(JsonValue.shown(extra)));
    }
    List<AddedToken> tokens = new ArrayList<>();
    extra.forEach(each -> token(EXTRA, each).ifPresent(tokens::add));
    return tokens;
  }

  private Optional<AddedToken> token(String name, JsonNode value) {
    if (value.isTextual()) {
      return Optional.of(AddedToken.named(value.textValue()));
    }
    if (isToken(value)) {
      return AddedToken.read(value, at(name), problems);
    }
    return problems.none(
        at(name)
            .expected("a text, or an object with __type AddedToken and content")
            .found(JsonValue.shown(value)));
  }

  private static boolean isToken(JsonNode value) {
    return value.isTextual() || value.path("__type").asText().equals("AddedToken");
  }

  private static boolean isFalse(JsonNode value) {
    return TokenizerFolder.isNone(value)
        || (value.isContainerNode() ? value.isEmpty() : !value.asBoolean() && !isWord(value));
  }

  private static boolean isWord(JsonNode value) {
    return value.isTextual() && !value.textValue().isEmpty();
  }

  private Problem at(String name) {
    return Problem.in(
            fromMap.contains(name) ? TokenizerFolder.SPECIAL_TOKENS_MAP : TokenizerFolder.CONFIG)
        .field(Problem.shown(name));
  }

  private JsonNode get(String name) {
    return values.getOrDefault(name, MissingNode.getInstance());
  }
}
