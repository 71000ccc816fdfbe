package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Printable;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of a failure, fit for logs and results: bounded, in one line, and without what
 * it repeats of the conversation or of the key.
 */
final class ServerWords {

  private static final int MOST_CHARACTERS = 400;
  private static final int READ_CHARACTERS = 4_000;
  private static final String HIDDEN = "…";

  /** Shorter runs that words share with a text are anyone's. */
  private static final int SHARED_RUN = 8;

  /** Of a key, which servers like to repeat by its ends. */
  private static final int SHARED_WITH_KEY = 4;

  private static final int LEAST_WHOLE_TEXT = 3;
  private static final int MOST_QUOTED = 3;

  /** A prime above all characters. */
  private static final long HASH_FACTOR = 65_537;

  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>([^<]*)<", Pattern.CASE_INSENSITIVE);

  /** As JSON within JSON has characters, and Python its strings. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt\"'/\\\\]))");

  private ServerWords() {}

  /**
   * @param texts of the conversation
   * @return empty if it says nothing
   */
  static String of(byte[] body, Collection<String> texts, Optional<String> key) {
    String message = message(new String(body, UTF_8).strip());
    String words = unescaped(message.substring(0, Math.min(message.length(), READ_CHARACTERS)));
    BitSet hidden = new BitSet();
    for (String text : texts) {
      hide(words, text, SHARED_RUN, hidden);
    }
    key.ifPresent(secret -> hide(words, secret, SHARED_WITH_KEY, hidden));
    return bounded(Printable.name(shown(words, hidden)));
  }

  /** The forms of OpenAI, of older vLLM, of FastAPI, and of what stands before a server. */
  private static String message(String body) {
    if (body.startsWith("<")) {
      Matcher title = TITLE.matcher(body);
      return "a page of HTML" + (title.find() ? ": " + title.group(1).strip() : "");
    }
    Optional<JsonNode> json = ReplyJson.parsed(body.getBytes(UTF_8));
    if (json.isEmpty()) {
      return body;
    }
    JsonNode root = json.get();
    JsonNode error = root.path("error");
    for (JsonNode said :
        new JsonNode[] {error.path("message"), root.path("message"), error, root.path("detail")}) {
      if (said.isTextual()) {
        return said.textValue();
      }
    }
    return root.toString();
  }

  private static String bounded(String words) {
    return words.length() <= MOST_CHARACTERS ? words : words.substring(0, MOST_CHARACTERS) + HIDDEN;
  }

  /** As deep as words are quoted within words. */
  private static String unescaped(String words) {
    String plain = words;
    for (int depth = 0; depth < MOST_QUOTED; depth++) {
      plain =
          ESCAPE.matcher(plain).replaceAll(escape -> Matcher.quoteReplacement(character(escape)));
    }
    return plain;
  }

  private static String character(MatchResult escape) {
    String code = escape.group(1) != null ? escape.group(1) : escape.group(2);
    if (code != null) {
      return Character.toString((char) Integer.parseInt(code, 16));
    }
    return switch (escape.group(3)) {
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      default -> escape.group(3);
    };
  }

  /**
   * Marks the runs of this length that words and text share, and a shorter text where it stands;
   * reads the text once, as a row may have megabytes. Runs of equal hashes pass for equal.
   */
  private static void hide(String words, String text, int run, BitSet hidden) {
    int length = Math.min(run, text.length());
    if (length < LEAST_WHOLE_TEXT || words.length() < length) {
      return;
    }
    Map<Long, BitSet> places = new HashMap<>();
    for (int at = 0; at + length <= words.length(); at++) {
      places.computeIfAbsent(hash(words, at, length), any -> new BitSet()).set(at, at + length);
    }
    for (int at = 0; at + length <= text.length(); at++) {
      BitSet shared = places.get(hash(text, at, length));
      if (shared != null) {
        hidden.or(shared);
      }
    }
  }

  private static long hash(String text, int from, int length) {
    long hash = 0;
    for (int at = from; at < from + length; at++) {
      hash = HASH_FACTOR * hash + text.charAt(at);
    }
    return hash;
  }

  private static String shown(String words, BitSet hidden) {
    StringBuilder shown = new StringBuilder();
    for (int at = 0; at < words.length(); at++) {
      if (!hidden.get(at)) {
        shown.append(words.charAt(at));
      } else if (at == 0 || !hidden.get(at - 1)) {
        shown.append(HIDDEN);
      }
    }
    return shown.toString().strip();
  }
}
