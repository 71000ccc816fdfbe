package io.touchstone.scoring;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.template.PromptFormat;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the prompts of one row into segments: the template's head, what comes up to each answer that
 * is scored, that answer.
 *
 * <p>Rows, and the conversations of a row, that begin alike then have equal beginnings of their
 * paths, and those are computed once. Every border follows from the row alone, so what is shared in
 * the end changes no bit of a score.
 */
final class RowSegments {

  /** Begins no text that people write, so a content gives way to it at its very first character. */
  private static final String SENTINEL = "\uE000";

  /** A border that would make a segment shorter than this costs more than it can save. */
  private static final int LEAST_TOKENS = 8;

  private final PromptFormat format;
  private final Tokenizer tokenizer;
  private final Map<String, int[]> tokenized = new HashMap<>();
  private final List<Prompt> prompts = new ArrayList<>();

  RowSegments(PromptFormat format, Tokenizer tokenizer) {
    this.format = format;
    this.tokenizer = tokenizer;
  }

  /** One conversation's prompt: its text, its ids, and the texts of the borders it gives. */
  private record Prompt(int turns, String text, int[] ids, int readOut, List<String> heads) {}

  /** Adds the row's next conversation; {@code readOut} of its {@code ids} lead to the read-out. */
  void add(Conversation conversation, String text, int[] ids, int readOut) {
    List<Turn> turns = conversation.turns();
    List<String> heads = new ArrayList<>();
    head(conversation, text, 0).ifPresent(heads::add);
    if (turns.size() > 1) {
      head(conversation, text, turns.size() - 1).ifPresent(heads::add);
    }
    prompts.add(new Prompt(turns.size(), text, ids, readOut, heads));
  }

  /** One path for each conversation that was added, in order. */
  List<TokenPath> paths() {
    Map<String, Integer> heads = new LinkedHashMap<>();
    prompts.forEach(
        prompt -> prompt.heads.forEach(head -> heads.merge(head, prompt.turns, Math::min)));
    int[] partings = partings();
    TokenPath[] paths = new TokenPath[prompts.size()];
    List<int[]> last = List.of();
    for (int i = prompts.size() - 1; i >= 0; i--) {
      Prompt prompt = prompts.get(i);
      TreeSet<Integer> places = new TreeSet<>();
      for (Map.Entry<String, Integer> head : heads.entrySet()) {
        if (head.getValue() <= prompt.turns && prompt.text.startsWith(head.getKey())) {
          // Tokens may merge across the border: what both have in common is safe.
          places.add(common(ids(head.getKey()), prompt.ids));
        }
      }
      addPartings(i, partings, places);
      List<int[]> segments = cut(prompt, places);
      if (!share(segments, last)) {
        last = segments;
      }
      paths[i] = new TokenPath(segments, prompt.ids.length);
    }
    return List.of(paths);
  }

  /**
   * How many tokens each conversation has in common with the next one. Where the next goes on after
   * it, that is all of them, or all but a suffix that follows only the last turn.
   */
  private int[] partings() {
    int[] partings = new int[prompts.size()];
    for (int i = 0; i + 1 < partings.length; i++) {
      partings[i] = common(prompts.get(i).ids, prompts.get(i + 1).ids);
    }
    return partings;
  }

  /** The places at which conversation {@code k} parts from shorter ones before it, or the next. */
  private void addPartings(int k, int[] partings, TreeSet<Integer> places) {
    int common = Integer.MAX_VALUE;
    for (int i = k; i >= 0; i--) {
      boolean goesOn = i + 1 < prompts.size() && prompts.get(i).turns < prompts.get(i + 1).turns;
      if (goesOn && partings[i] > 0 && partings[i] <= common) {
        places.add(partings[i]);
      }
      common = i == k ? common : Math.min(common, partings[i]);
    }
  }

  /** Lets equal segments at the beginning be one array; true if all but the last were equal. */
  private static boolean share(List<int[]> segments, List<int[]> others) {
    int same = 0;
    while (same < Math.min(segments.size(), others.size())
        && Arrays.equals(segments.get(same), others.get(same))) {
      segments.set(same, others.get(same));
      same++;
    }
    return same >= segments.size() - 1 && segments.size() <= others.size();
  }

  private static List<int[]> cut(Prompt prompt, TreeSet<Integer> places) {
    List<int[]> segments = new ArrayList<>();
    int start = 0;
    for (int place : places) {
      if (place - start >= LEAST_TOKENS && place < prompt.readOut) {
        segments.add(Arrays.copyOfRange(prompt.ids, start, place));
        start = place;
      }
    }
    segments.add(Arrays.copyOfRange(prompt.ids, start, prompt.readOut));
    return segments;
  }

  private int[] ids(String text) {
    return tokenized.computeIfAbsent(text, tokenizer::encode);
  }

  /**
   * The text up to where a turn's content begins: what it has in common with the same prompt after
   * another content. Never the generation prompt, with which many templates do not begin a turn.
   */
  private Optional<String> head(Conversation conversation, String text, int turn) {
    List<Turn> turns = new ArrayList<>(conversation.turns());
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(turns.get(turn).fields());
    fields.put("content", SENTINEL);
    turns.set(turn, new Turn(turns.get(turn).role(), fields));
    String other;
    try {
      other = format.render(new Conversation(turns));
    } catch (TemplateException e) {
      // A template that does not take this content gives no border; the prompt itself was rendered.
      return Optional.empty();
    }
    int end = 0;
    while (end < Math.min(text.length(), other.length()) && text.charAt(end) == other.charAt(end)) {
      end++;
    }
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return end == 0 || end == text.length()
        ? Optional.empty()
        : Optional.of(text.substring(0, end));
  }

  private static int common(int[] a, int[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }
}
