package io.touchstone.generation.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.generation.Finish;
import io.touchstone.generation.text.ThoughtSplit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer's text apart from its thought: as the server parts them, or by its tags where it leaves
 * that to its clients.
 *
 * @param response null where the answer ended within its thought
 * @param thought null without one
 */
record ChatText(@Nullable String response, @Nullable String thought) {

  private static final String CLOSED = "</think>";

  /**
   * Parts a message. Whether the chat template has opened a thought only the server knows: a tag
   * that ends one tells, and where the call asks for thoughts an answer without that tag, cut by
   * its length.
   *
   * @param thinks whether it does
   */
  static ChatText of(JsonNode message, Finish finish, boolean thinks) {
    String content = sound(message.path("content").asText(""));
    String reasoning = sound(reasoning(message));
    if (!reasoning.isEmpty()) {
      return new ChatText(content.isEmpty() ? null : content, reasoning);
    }
    boolean cut = finish == Finish.LENGTH;
    if (content.isEmpty()) {
      // Tokens that left no text, up to the last one allowed, were a thought that is not shown.
      return new ChatText(cut ? null : "", null);
    }
    ThoughtSplit split = ThoughtSplit.of(content, content.contains(CLOSED) || thinks && cut);
    return new ChatText(split.response(), split.thought());
  }

  /**
   * What follows a beginning that the server has repeated.
   *
   * @return empty if it has not
   */
  Optional<ChatText> behind(String beginning) {
    if (beginning.isEmpty() || response == null) {
      return Optional.of(this);
    }
    // Servers may trim what they answer.
    String repeated = response.startsWith(beginning) ? beginning : beginning.stripLeading();
    return response.startsWith(repeated)
        ? Optional.of(new ChatText(response.substring(repeated.length()), thought))
        : Optional.empty();
  }

  /** What stands before the first of these strings: some servers leave them where they are. */
  ChatText before(List<String> stops) {
    if (response == null) {
      return this;
    }
    int end = response.length();
    for (String stop : stops) {
      int found = response.indexOf(stop);
      end = found < 0 ? end : Math.min(end, found);
    }
    return new ChatText(response.substring(0, end), thought);
  }

  private static String reasoning(JsonNode message) {
    String field = message.hasNonNull("reasoning_content") ? "reasoning_content" : "reasoning";
    return message.path(field).asText("");
  }

  /** With U+FFFD for surrogates without a partner, which JSON can spell and UTF-8 cannot hold. */
  private static String sound(String text) {
    if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
      return text;
    }
    StringBuilder sound = new StringBuilder(text.length());
    text.codePoints()
        .map(code -> code <= 0xffff && Character.isSurrogate((char) code) ? 0xfffd : code)
        .forEach(sound::appendCodePoint);
    return sound.toString();
  }
}
