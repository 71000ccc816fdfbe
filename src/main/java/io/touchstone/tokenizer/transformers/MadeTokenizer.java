package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder's tokenizer, made as it was asked for.
 *
 * @param templateTokens what transformers 5.23.0 hands to a chat template besides the messages
 * @param unsaid names of those that no file says, only the class
 * @param specialTexts texts that become one special token wherever they are spelled
 * @param addedTexts texts that become one token wherever they are spelled, special or not
 * @param chatControlTokens those of them that are commands of a chat; empty where the file leaves
 *     that to the chat template
 * @param fillToken a word that transformers takes for a command in a text
 * @param differences between what transformers 5.23.0 makes and {@code tokenizer.json} as it
 *     stands, each fit for a sentence; empty if there are none
 * @param rebuilt what stands in the place of the file's parts; empty where the file is taken as it
 *     stands
 * @param texts the same with what the way back to texts depends on: decoder and special tokens;
 *     empty where the file has it all
 * @param asEver whether it gives the ids that this program gave when it took {@code tokenizer.json}
 *     as it stands, but for normalizer and pre-tokenizer of Qwen models
 */
public record MadeTokenizer(
    TokenizerFile file,
    TokenizerChoice choice,
    Map<String, String> templateTokens,
    Set<String> unsaid,
    List<String> specialTexts,
    List<String> addedTexts,
    Optional<List<String>> chatControlTokens,
    Optional<String> fillToken,
    List<String> differences,
    Optional<Rebuilt> rebuilt,
    Optional<Rebuilt> texts,
    boolean asEver) {

  public MadeTokenizer {
    templateTokens = Map.copyOf(templateTokens);
    unsaid = Set.copyOf(unsaid);
    specialTexts = List.copyOf(specialTexts);
    addedTexts = List.copyOf(addedTexts);
    chatControlTokens = chatControlTokens.map(List::copyOf);
    differences = List.copyOf(differences);
  }

  /**
   * Parts of a tokenizer in the place of the file's.
   *
   * @param fields of the root; one that is missing here is the file's
   * @param settings of the model, if they are not the file's
   */
  record Rebuilt(Map<String, JsonNode> fields, Optional<BpeModel> settings) {}

  /** Whether its model is one of byte pairs. */
  public boolean isBytePairs() {
    return file.model().type().equals("BPE");
  }

  /**
   * Texts that the library takes out of every text before anything else, each as one token,
   * whatever stands beside it; none where that also depends on what stands there.
   */
  public List<String> cuts() {
    List<AddedToken> first =
        texts
            .or(() -> rebuilt)
            .map(parts -> parts.fields.get("added_tokens"))
            .map(MadeTokenizer::added)
            .orElse(file.added())
            .stream()
            .filter(token -> !token.normalized() && !token.content().isEmpty())
            .toList();
    boolean alone =
        first.stream().noneMatch(token -> token.singleWord() || token.lstrip() || token.rstrip());
    return alone ? first.stream().map(AddedToken::content).toList() : List.of();
  }

  private static List<AddedToken> added(JsonNode tokens) {
    List<AddedToken> added = new ArrayList<>();
    for (JsonNode token : tokens) {
      AddedToken.read(token, new Problem("added_tokens"), new Problems()).ifPresent(added::add);
    }
    return added;
  }

  /**
   * What ids depend on besides the files' bytes: nothing where they are what they were before there
   * was a choice, so that remembered scores stay valid.
   */
  public Optional<byte[]> identity() {
    if (asEver) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(choice.word());
    rebuilt.ifPresent(
        parts -> {
          parts.fields.forEach((name, value) -> text.append('\n').append(name).append(value));
          parts.settings.ifPresent(model -> text.append('\n').append(model.settings()));
        });
    return Optional.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The text of a {@code tokenizer.json} for Hugging Face's tokenizers library, in UTF-8.
   *
   * @throws IOException also if the file is not the one that was read before
   */
  public byte[] json() throws IOException {
    Optional<Rebuilt> parts = texts.or(() -> rebuilt);
    return parts.isEmpty() ? file.read() : json(parts.get(), List.of("post_processor"));
  }

  /**
   * As {@link #json}, of a tokenizer that finds no added token in any text.
   *
   * @throws IOException as there
   */
  public byte[] jsonWithoutAddedTokens() throws IOException {
    Map<String, JsonNode> fields =
        new LinkedHashMap<>(rebuilt.map(Rebuilt::fields).orElse(Map.of()));
    fields.put("added_tokens", JsonNodeFactory.instance.arrayNode());
    // It may name added tokens, and adds nothing here.
    return json(new Rebuilt(fields, rebuilt.flatMap(Rebuilt::settings)), List.of());
  }

  private byte[] json(Rebuilt parts, List<String> more) throws IOException {
    String own = file.text();
    StringBuilder json = new StringBuilder(own.length() + (1 << 16));
    json.append("{\"version\":\"1.0\",\"truncation\":null,\"padding\":null");
    List<String> names = new ArrayList<>(more);
    names.addAll(List.of("added_tokens", "normalizer", "pre_tokenizer", "decoder"));
    for (String name : names) {
      json.append(",\"" + name + "\":");
      JsonNode node = parts.fields.get(name);
      if (node != null) {
        json.append(node.toString());
      } else {
        copy(json, Optional.ofNullable(file.parts().get(name)), own, "null");
      }
    }
    json.append(",\"model\":");
    if (parts.settings.isPresent()) {
      String settings = parts.settings.get().settings().toString();
      json.append(settings.substring(0, settings.length() - 1) + ",\"vocab\":");
      copy(json, file.model().vocab(), own, "{}");
      json.append(",\"merges\":");
      copy(json, file.model().merges(), own, "[]");
      json.append("}");
    } else {
      copy(json, Optional.ofNullable(file.parts().get("model")), own, "null");
    }
    json.append("}");
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void copy(
      StringBuilder json, Optional<TokenizerFile.Range> range, String own, String none) {
    range.ifPresentOrElse(
        found -> json.append(own, (int) found.from(), (int) found.to()), () -> json.append(none));
  }
}
