package io.touchstone.generation.prompt;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.jinja.PythonSpace;
import io.touchstone.tokenizer.Tokenizer;
import io.touchstone.tokenizer.TokenizerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes tokens that the texts of a row spell out for text, those that the chat template writes for
 * tokens, as {@code sanitize_control_tokens=True} of transformers 5.23: before a conversation is
 * rendered its tokens are put between two characters for private use, and what lies between them is
 * encoded by itself.
 */
public final class ControlTokens {

  private static final String START = Character.toString(0xF0000);
  private static final String END = Character.toString(0xF0001);

  private final Pattern plain;
  private final Pattern tools;
  private final Pattern marked;
  private final Tokenizer tokenizer;
  private final Tokenizer withoutAdded;

  /**
   * Added tokens of a tokenizer.
   *
   * @param special those that are never text
   * @param all by their texts, the special ones among them
   * @param control those that are commands of a chat beside the special ones; empty for all that
   *     the chat template writes
   */
  public record Added(Set<String> special, List<String> all, Optional<List<String>> control) {
    public Added {
      special = Set.copyOf(special);
      all = List.copyOf(all);
      control = control.map(List::copyOf);
    }
  }

  /**
   * @param withoutAdded the same tokenizer without any added token; taken over, and closed
   */
  public ControlTokens(
      ChatPrompt prompt, Added added, Tokenizer tokenizer, Tokenizer withoutAdded) {
    this.plain = anyOf(control(added, prompt.template().literals()));
    this.tools =
        prompt.toolTemplate().map(other -> anyOf(control(added, other.literals()))).orElse(plain);
    this.marked =
        Pattern.compile(
            START + "(" + anyOf(added.all).pattern() + ")" + END + "|[" + START + END + "]");
    this.tokenizer = tokenizer;
    this.withoutAdded = withoutAdded;
  }

  private static List<String> control(Added added, List<String> literals) {
    return added.all.stream()
        .filter(token -> added.special.contains(token) || isCommand(token, added, literals))
        .toList();
  }

  /** White space is text to templates, also where it is an added token. */
  private static boolean isCommand(String token, Added added, List<String> literals) {
    return added
        .control
        .map(control -> control.contains(token))
        .orElseGet(
            () ->
                !PythonSpace.strip(token).isEmpty()
                    && literals.stream().anyMatch(literal -> literal.contains(token)));
  }

  /** Longer ones first: they may begin with others. */
  private static Pattern anyOf(List<String> tokens) {
    return Pattern.compile(
        tokens.isEmpty()
            ? "(?!)"
            : tokens.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  /** The conversation with its control tokens between marks. */
  Conversation mark(Conversation conversation) {
    Pattern control = conversation.tools().isEmpty() ? plain : tools;
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : conversation.turns()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      turn.fields().forEach((name, value) -> fields.put(name, mark(value, control)));
      turns.add(new Turn(turn.role(), fields));
    }
    List<@Nullable Object> offered = new ArrayList<>();
    conversation.tools().forEach(tool -> offered.add(mark(tool, control)));
    return new Conversation(turns, offered);
  }

  private static @Nullable Object mark(@Nullable Object value, Pattern control) {
    if (value instanceof String text) {
      // Marks of the row's own could forge one.
      String bare = text.replace(START, "").replace(END, "");
      return control.matcher(bare).replaceAll(START + "$0" + END);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> marked = new LinkedHashMap<>();
      map.forEach((key, item) -> marked.put(key, mark(item, control)));
      return marked;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> marked = new ArrayList<>();
      list.forEach(item -> marked.add(mark(item, control)));
      return marked;
    }
    return value;
  }

  /**
   * The ids of a text that was rendered from a marked conversation.
   *
   * @throws TokenizerException also where a token is what its mere text becomes
   */
  int[] encode(String text) {
    int[] newline = tokenizer.encode("\n");
    IntStream.Builder ids = IntStream.builder();
    Matcher marks = marked.matcher(text);
    int start = 0;
    boolean begins = true;
    while (marks.find()) {
      add(ids, between(text.substring(start, marks.start()), begins, newline));
      begins = false;
      if (marks.group(1) != null && !marks.group(1).isEmpty()) {
        add(ids, asText(marks.group(1), newline));
      }
      start = marks.end();
    }
    add(ids, between(text.substring(start), begins, newline));
    return ids.build().toArray();
  }

  private int[] between(String piece, boolean begins, int[] newline) {
    if (begins) {
      return tokenizer.encode(piece);
    }
    return piece.isEmpty() ? new int[0] : behindNewline(tokenizer, piece, newline);
  }

  private int[] asText(String token, int[] newline) {
    int[] ids = behindNewline(withoutAdded, token, newline);
    int[] own = tokenizer.encode(token);
    if (own.length == 1 && Arrays.stream(ids).anyMatch(id -> id == own[0])) {
      throw new TokenizerException(
          "expected special tokens that differ from their text, found one that does not");
    }
    return ids;
  }

  /**
   * As in the middle of a text: a vocabulary of SentencePiece puts a space in front of its start.
   */
  private static int[] behindNewline(Tokenizer tokenizer, String piece, int[] newline) {
    int[] ids = tokenizer.encode("\n" + piece);
    return ids.length >= newline.length
            && Arrays.equals(ids, 0, newline.length, newline, 0, newline.length)
        ? Arrays.copyOfRange(ids, newline.length, ids.length)
        : tokenizer.encode(piece);
  }

  private static void add(IntStream.Builder ids, int[] more) {
    for (int id : more) {
      ids.add(id);
    }
  }

  void close() {
    withoutAdded.close();
  }
}
