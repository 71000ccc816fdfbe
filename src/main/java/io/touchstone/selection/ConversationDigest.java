package io.touchstone.selection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A row's conversations in 128 bits of SHA-256: equal for rows that hold the same turns, tools and
 * steps, and for others with a chance of one in 10^24 among 10 million rows. Fields of a message
 * count in any order; where a text ends and the next begins is part of it.
 */
public record ConversationDigest(long high, long low)
    implements Comparable<ConversationDigest>, Serializable {

  public static ConversationDigest of(List<Conversation> conversations) {
    MessageDigest digest = Sha256.begin();
    count(digest::update, 'C', conversations.size());
    conversations.forEach(conversation -> add(digest::update, conversation, conversation.turns()));
    return of(digest);
  }

  /** Of what a response answers: all turns but the last. */
  public static ConversationDigest ofPrompt(Conversation conversation) {
    MessageDigest digest = Sha256.begin();
    addPrompt(digest::update, conversation);
    return of(digest);
  }

  /** What {@link #ofPrompt} is the digest of: the same bytes for equal prompts, and only these. */
  public static byte[] promptBytes(Conversation conversation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    addPrompt(bytes::writeBytes, conversation);
    return bytes.toByteArray();
  }

  private static void addPrompt(Consumer<byte[]> to, Conversation conversation) {
    List<Turn> turns = conversation.turns();
    add(to, conversation, turns.subList(0, turns.size() - 1));
  }

  private static void add(Consumer<byte[]> digest, Conversation of, List<Turn> turns) {
    count(digest, 'T', turns.size());
    for (Turn turn : turns) {
      add(digest, turn.role().word());
      add(digest, turn.fields());
    }
    if (!of.tools().isEmpty()) {
      add(digest, of.tools());
    }
    if (!of.steps().isEmpty() && turns.size() == of.turns().size()) {
      count(digest, 'P', of.steps().size());
      of.steps().forEach(step -> add(digest, step));
    }
  }

  private static ConversationDigest of(MessageDigest digest) {
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    return new ConversationDigest(bytes.getLong(), bytes.getLong());
  }

  @Override
  public int compareTo(ConversationDigest other) {
    int order = Long.compare(high, other.high);
    return order == 0 ? Long.compare(low, other.low) : order;
  }

  private static void add(Consumer<byte[]> digest, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
      count(digest, 'M', sorted.size());
      sorted.forEach(
          (key, each) -> {
            add(digest, key);
            add(digest, each);
          });
    } else if (value instanceof Collection<?> list) {
      count(digest, 'L', list.size());
      list.forEach(each -> add(digest, each));
    } else {
      byte[] text = String.valueOf(value).getBytes(UTF_8);
      count(digest, value instanceof String ? 'S' : 'V', text.length);
      digest.accept(text);
    }
  }

  private static void count(Consumer<byte[]> digest, char kind, int count) {
    digest.accept(ByteBuffer.allocate(5).put((byte) kind).putInt(count).array());
  }
}
