package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.transformers.MadeTokenizer.Rebuilt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes a folder's tokenizer as transformers 5.23.0 does, step by step ({@code
 * PreTrainedTokenizerBase._from_pretrained}, {@code TokenizersBackend.__init__}, the classes' own
 * {@code __init__}).
 */
public final class TokenizerMaker {
  private static final String NORMALIZER = "normalizer";
  private static final String PRE_TOKENIZER = "pre-tokenizer";
  private static final String MODEL_SETTINGS = "model settings";
  private static final String ADDED = "added_tokens";

  /** Told where nothing else is known of what transformers makes. */
  private static final List<String> NOT_FOLLOWED = List.of("as a class that is not followed here");

  private final TokenizerFolder folder;
  private final TokenizerFile file;
  private final Problems problems;

  private TokenizerMaker(TokenizerFolder folder, TokenizerFile file, Problems problems) {
    this.folder = folder;
    this.file = file;
    this.problems = problems;
  }

  /**
   * @param problems receives what is wrong with the folder, and for {@link
   *     TokenizerChoice#TRANSFORMERS5} what that version does and this program does not
   * @return of use only if there are no problems
   * @throws IOException if the file cannot be read again
   */
  public static MadeTokenizer make(
      TokenizerFolder folder, TokenizerFile file, TokenizerChoice choice, Problems problems)
      throws IOException {
    if (file.model().dropout() != 0) {
      problems.add(
          TokenizerFileReader.HERE
              .field("model.dropout")
              .expected("none, as ids would be drawn at random")
              .found(file.model().dropout()));
    }
    Problems following = new Problems();
    TokenizerMaker maker = new TokenizerMaker(folder, file, following);
    Optional<TokenizerClass> ofClass = new TokenizerClassRule(folder, file, following).find();
    TokenizerClass known = ofClass.orElse(TokenizerClass.BACKEND);
    NamedTokens named = NamedTokensReader.read(folder, file, known, problems);
    Following followed = maker.follow(known, named);
    Map<String, String> templateTokens =
        named.named().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().content()));
    return switch (choice) {
      case TRANSFORMERS5 -> {
        problems.addAll(following.found());
        yield new MadeTokenizer(
            file,
            choice,
            templateTokens,
            named.unsaid(),
            texts(special(followed.added)),
            texts(followed.added),
            folder.chatControlTokens(),
            known == TokenizerClass.CODE_LLAMA
                ? Optional.ofNullable(templateTokens.get("fill_token"))
                : Optional.empty(),
            followed.differences,
            followed.differences.isEmpty() ? Optional.empty() : Optional.of(followed.rebuilt),
            followed.texts,
            followed.asEver);
      }
      case FILE ->
          new MadeTokenizer(
              file,
              choice,
              templateTokens,
              named.unsaid(),
              file.specialTexts(),
              texts(file.added()),
              folder.chatControlTokens(),
              Optional.empty(),
              following.isEmpty() ? followed.differences : NOT_FOLLOWED,
              Optional.empty(),
              Optional.empty(),
              followed.fileAsEver);
    };
  }

  private static List<String> texts(List<AddedToken> tokens) {
    return tokens.stream().map(AddedToken::content).toList();
  }

  /**
   * What transformers 5.23.0 comes to.
   *
   * @param differences from the file as it stands
   * @param texts as {@link MadeTokenizer} has it
   * @param asEver as there
   * @param fileAsEver the same of the file as it stands
   */
  private record Following(
      List<AddedToken> added,
      Rebuilt rebuilt,
      List<String> differences,
      Optional<Rebuilt> texts,
      boolean asEver,
      boolean fileAsEver) {}

  private Following follow(TokenizerClass ofClass, NamedTokens named) throws IOException {
    refuseWhatIsNotFollowed();
    AddedVocabulary vocabulary = added(ofClass, named);
    List<String> differences = new ArrayList<>();
    List<String> parts = List.of();
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    Optional<BpeModel> settings = Optional.empty();
    Optional<JsonNode> decoder = Optional.empty();
    if (ofClass != TokenizerClass.BACKEND) {
      RebuiltParts rebuilt = rebuilt(ofClass, named);
      settings = Optional.of(rebuilt.model());
      fields.put("normalizer", rebuilt.normalizer());
      fields.put("pre_tokenizer", rebuilt.preTokenizer());
      decoder = unlessTheFiles(rebuilt.decoder());
      parts = unlikeTheFile(rebuilt);
      if (!parts.isEmpty()) {
        differences.add(String.join(", ", parts) + " of " + ofClass.className());
      }
    } else if (MistralRegex.isAsked(folder, problems) && isLarge(vocabulary)) {
      fields.put("pre_tokenizer", MistralRegex.fixed(file.part("pre_tokenizer")));
      differences.add("pre-tokenizer of " + MistralRegex.KEY);
    }
    SortedMap<Integer, AddedToken> byId =
        splitsSpecialTokens() ? withoutSpecial(vocabulary) : vocabulary.byId();
    differences.addAll(AddedDifferences.of(file, ofFile().byId(), byId));
    List<AddedToken> added = List.copyOf(byId.values());
    fields.put(ADDED, json(added));
    List<AddedToken> shown = added.stream().map(vocabulary::asItWas).toList();
    Map<String, JsonNode> forTexts = new LinkedHashMap<>(fields);
    decoder.ifPresent(node -> forTexts.put("decoder", node));
    forTexts.put(ADDED, json(shown));
    boolean other =
        decoder.isPresent()
            || !Set.copyOf(texts(special(shown))).equals(Set.copyOf(file.specialTexts()));
    boolean qwens =
        ofClass == TokenizerClass.QWEN2
            && folder.model().path("model_type").asText().startsWith("qwen")
            && (parts.contains(NORMALIZER) || parts.contains(PRE_TOKENIZER));
    boolean asEver =
        differences.isEmpty()
            || qwens && differences.size() == 1 && !parts.contains(MODEL_SETTINGS);
    return new Following(
        added,
        new Rebuilt(fields, settings),
        differences,
        other || !differences.isEmpty()
            ? Optional.of(new Rebuilt(forTexts, settings))
            : Optional.empty(),
        asEver,
        !qwens);
  }

  private static List<AddedToken> special(List<AddedToken> tokens) {
    return tokens.stream().filter(AddedToken::special).toList();
  }

  /** The options of a byte-level decoder change no text. */
  private Optional<JsonNode> unlessTheFiles(JsonNode decoder) throws IOException {
    JsonNode own = file.part("decoder");
    boolean bytes = own.path("type").asText().equals("ByteLevel");
    return own.equals(decoder) || bytes && own.path("type").equals(decoder.path("type"))
        ? Optional.empty()
        : Optional.of(decoder);
  }

  /** What transformers reads besides, and nobody seems to write. */
  private void refuseWhatIsNotFollowed() {
    JsonNode inputs = folder.config().path("init_inputs");
    if (!inputs.isEmpty()) {
      problems.add(
          TokenizerFolder.IN_CONFIG
              .field("init_inputs")
              .expected("none; " + NotFollowed.WAY_ON)
              .found(JsonValue.shown(inputs)));
    }
    for (JsonNode name : folder.config().path("fast_tokenizer_files")) {
      if (name.asText().matches(".*tokenizer\\..*\\.json.*")) {
        problems.add(
            TokenizerFolder.IN_CONFIG
                .field("fast_tokenizer_files")
                .expected("tokenizer.json alone; " + NotFollowed.WAY_ON)
                .found(Problem.shown(name.asText())));
      }
    }
  }

  private AddedVocabulary ofFile() {
    AddedVocabulary vocabulary = new AddedVocabulary(file.vocabulary());
    vocabulary.add(file.added());
    return vocabulary;
  }

  private AddedVocabulary added(TokenizerClass ofClass, NamedTokens named) {
    AddedVocabulary vocabulary =
        ofClass == TokenizerClass.BACKEND ? ofFile() : new AddedVocabulary(file.vocabulary());
    List<AddedToken> more = new ArrayList<>(named.decoder().values());
    Set<String> known = more.stream().map(AddedToken::content).collect(Collectors.toSet());
    List<AddedToken> special = new ArrayList<>(named.named().values());
    special.addAll(named.extra());
    for (AddedToken token : special) {
      if (!vocabulary.has(token.content())
          && !known.contains(token.content())
          && !more.contains(token)) {
        more.add(token);
      }
    }
    Set<String> names =
        named.named().values().stream().map(AddedToken::content).collect(Collectors.toSet());
    vocabulary.add(
        more.stream()
            .map(token -> names.contains(token.content()) ? token.asSpecial() : token)
            .toList());
    if (ofClass == TokenizerClass.QWEN2) {
      vocabulary.add(
          special.stream().map(AddedToken::content).distinct().map(AddedToken::named).toList());
    }
    return vocabulary;
  }

  private RebuiltParts rebuilt(TokenizerClass ofClass, NamedTokens named) {
    BpeModel model = file.model();
    if (!model.type().equals("BPE") || model.vocab().isEmpty()) {
      problems.add(
          TokenizerFileReader.HERE
              .field("model")
              .expected("a BPE vocabulary for a " + ofClass.className() + "; " + NotFollowed.WAY_ON)
              .found("type " + Problem.shown(model.type())));
    }
    AddedToken unk = named.named().get("unk_token");
    return RebuiltParts.of(
        ofClass, folder.config(), unk == null ? "" : unk.content(), model, problems);
  }

  private List<String> unlikeTheFile(RebuiltParts parts) throws IOException {
    List<String> other = new ArrayList<>();
    if (!parts.normalizer().equals(file.part("normalizer"))) {
      other.add(NORMALIZER);
    }
    JsonNode own = RebuiltParts.comparable(file.part("pre_tokenizer"));
    if (!RebuiltParts.comparable(parts.preTokenizer()).equals(own)) {
      other.add(PRE_TOKENIZER);
    }
    if (!parts.model().settings().equals(file.model().settings())) {
      other.add(MODEL_SETTINGS);
    }
    return other;
  }

  private boolean isLarge(AddedVocabulary added) throws IOException {
    long beyond = added.tokens().stream().filter(token -> !file.vocabulary().has(token)).count();
    return file.vocabulary().size() + beyond > MistralRegex.MORE_TOKENS_THAN
        && !file.part("pre_tokenizer").isNull();
  }

  private boolean splitsSpecialTokens() {
    JsonNode flag = folder.config().path("split_special_tokens");
    if (!flag.isBoolean() && !TokenizerFolder.isNone(flag)) {
      problems.add(
          TokenizerFolder.IN_CONFIG
              .field("split_special_tokens")
              .expected("true or false")
              .found(JsonValue.shown(flag)));
    }
    return flag.asBoolean();
  }

  /**
   * The library can be told to pass special tokens over; a file cannot say so. Leaving them out
   * comes to the same where no other token counts on their ids, or lies across one in a text.
   */
  private SortedMap<Integer, AddedToken> withoutSpecial(AddedVocabulary vocabulary) {
    SortedMap<Integer, AddedToken> others = new TreeMap<>(vocabulary.byId());
    others.values().removeIf(vocabulary::wasSpecial);
    List<AddedToken> special = vocabulary.tokens().stream().filter(vocabulary::wasSpecial).toList();
    boolean counted =
        !special.stream().allMatch(file.vocabulary()::has)
            && !others.values().stream().allMatch(file.vocabulary()::has);
    boolean across =
        special.stream()
            .anyMatch(
                one ->
                    others.values().stream().anyMatch(two -> meet(one.content(), two.content())));
    if (counted || across) {
      problems.add(
          TokenizerFolder.IN_CONFIG
              .field("split_special_tokens")
              .expected("false beside added tokens that are not special; " + NotFollowed.WAY_ON)
              .found("true"));
    }
    return others;
  }

  /** Whether two texts can lie across each other. */
  private static boolean meet(String one, String two) {
    if (one.contains(two) || two.contains(one)) {
      return true;
    }
    for (int length = 1; length < Math.min(one.length(), two.length()); length++) {
      if (one.endsWith(two.substring(0, length)) || two.endsWith(one.substring(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static ArrayNode json(List<AddedToken> added) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (AddedToken token : added) {
      json.add(token.json(json.size()));
    }
    return json;
  }
}
