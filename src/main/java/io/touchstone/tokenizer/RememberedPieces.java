package io.touchstone.tokenizer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer that encodes a text in pieces and remembers those met lately: prompts of a
 * conversation's turns, and of answers to one question, are the same text up to where they part.
 *
 * <p>A piece begins with a text that becomes one token wherever it stands. Hugging Face's
 * tokenizers library (0.23, {@code AddedVocabulary::extract_and_normalize}) takes such texts out
 * before it normalizes and splits what lies between them, each by itself; so the ids of the pieces,
 * one after another, are those of the whole.
 */
public final class RememberedPieces implements Tokenizer {

  /** Of all remembered pieces. */
  private static final int MOST_CHARS = 1 << 22;

  private final Tokenizer tokenizer;

  /** By their first char, longer ones in front. */
  private final Map<Character, List<String>> starts = new HashMap<>();

  /** The first chars: every char of every prompt is looked up. */
  private final BitSet firsts = new BitSet();

  /** The one used last stands last; guarded by itself, as is {@link #chars}. */
  private final LinkedHashMap<String, int[]> known = new LinkedHashMap<>(16, 0.75f, true);

  private long chars;

  /**
   * Takes over the tokenizer, and closes it.
   *
   * @param starts texts that become one token wherever they stand: found before all others, the
   *     longest of those that begin at the first place where one does
   */
  public RememberedPieces(List<String> starts, Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    starts.forEach(start -> firsts.set(start.charAt(0)));
    starts.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .forEach(
            start ->
                this.starts
                    .computeIfAbsent(start.charAt(0), first -> new ArrayList<>())
                    .add(start));
  }

  @Override
  public int[] encode(String text) {
    List<int[]> pieces = new ArrayList<>();
    int count = 0;
    for (int from = 0; from < text.length(); ) {
      int end = end(text, from);
      int[] ids = ids(from == 0 && end == text.length() ? text : text.substring(from, end));
      pieces.add(ids);
      count += ids.length;
      from = end;
    }
    int[] all = new int[count];
    int at = 0;
    for (int[] ids : pieces) {
      System.arraycopy(ids, 0, all, at, ids.length);
      at += ids.length;
    }
    return all;
  }

  /** Where the piece ends that begins there. */
  private int end(String text, int from) {
    int at = from + length(text, from);
    while (at < text.length()) {
      if (at > from && length(text, at) > 0) {
        return at;
      }
      at++;
    }
    return text.length();
  }

  /** Of the longest start that stands at a place; 0 if there is none. */
  private int length(String text, int at) {
    if (!firsts.get(text.charAt(at))) {
      return 0;
    }
    for (String start : starts.getOrDefault(text.charAt(at), List.of())) {
      if (text.startsWith(start, at)) {
        return start.length();
      }
    }
    return 0;
  }

  private int[] ids(String piece) {
    synchronized (known) {
      int @Nullable [] met = known.get(piece);
      if (met != null) {
        return met;
      }
    }
    int[] ids = tokenizer.encode(piece);
    remember(piece, ids);
    return ids;
  }

  private void remember(String piece, int[] ids) {
    synchronized (known) {
      if (known.put(piece, ids) == null) {
        chars += piece.length();
      }
      var oldest = known.entrySet().iterator();
      while (chars > MOST_CHARS && oldest.hasNext()) {
        chars -= oldest.next().getKey().length();
        oldest.remove();
      }
    }
  }

  @Override
  public String decode(int[] ids) {
    return tokenizer.decode(ids);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
