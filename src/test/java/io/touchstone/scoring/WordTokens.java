package io.touchstone.scoring;

import io.touchstone.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tokenizer whose tokens merge over borders: tags, runs of line ends, and words with the space in
 * front of them are one token each.
 */
public final class WordTokens implements Tokenizer {
  private static final Pattern TOKEN = Pattern.compile("<[^<>\\s]*>|\\n+| ?[^\\s<]+|\\s|<");

  private final Map<String, Integer> vocabulary = new HashMap<>();
  final List<String> words = new ArrayList<>();
  public long encodedChars;

  @Override
  public int[] encode(String text) {
    encodedChars += text.length();
    List<Integer> ids = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      ids.add(
          vocabulary.computeIfAbsent(
              matcher.group(),
              word -> {
                words.add(word);
                return words.size() - 1;
              }));
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String decode(int[] ids) {
    return text(ids);
  }

  public String text(int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(words.get(id));
    }
    return text.toString();
  }

  @Override
  public void close() {}
}
