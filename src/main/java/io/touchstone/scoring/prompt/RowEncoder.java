package io.touchstone.scoring.prompt;

import io.touchstone.batch.SegmentTree;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.tokenizer.EncodedText;
import io.touchstone.tokenizer.TokenizerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tokenizes a row's conversations for an encoder: each is a segment by itself, as its tokens see
 * all others.
 */
record RowEncoder(Encoding encoding, PromptBounds bounds) implements RowPreparation {

  private static final String NEWLINE = "\n";

  static RowEncoder of(Encoding encoding, MemoryPlan memory) {
    return new RowEncoder(
        encoding,
        new PromptBounds(
            encoding.maxTokens(), "", encoding.vocabulary(), PromptBounds.Memory.of(memory)));
  }

  @Override
  public Preparation prepare(List<Conversation> conversations, List<String> principles) {
    int count = conversations.size();
    List<int[]> rows = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    int[] firstTexts = new int[count];
    int[] parents = new int[count];
    int[] ends = new int[count];
    int cut = 0;
    Set<Turn> turns = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < count; i++) {
      String where = count == 1 ? "" : "conversation " + i + " of the row: ";
      try {
        Conversation conversation = conversations.get(i);
        EncodedText encoded = encoded(conversation);
        int[] ids = bounds.ids(encoded::ids);
        rows.add(ids);
        tokens.add(ids.length);
        firstTexts[i] = encoding.namesTexts() ? encoded.firstText() : 0;
        parents[i] = -1;
        ends[i] = i;
        cut += encoded.isCut() ? 1 : 0;
        turns.addAll(conversation.turns());
      } catch (PromptRefusal refusal) {
        return new Preparation.Unpreparable(refusal.rejected(where));
      } catch (TokenizerException e) {
        return new Preparation.Unpreparable(
            new Rejected("tokenizer-error", where + e.getMessage()));
      }
    }
    int spelled = 0;
    for (Turn turn : turns) {
      spelled += encoding.specialTokens().countIn(turn.text());
    }
    return new PreparedRow(new SegmentTree(rows, parents, ends, firstTexts), tokens, spelled, cut);
  }

  private EncodedText encoded(Conversation conversation) throws PromptRefusal {
    List<Turn> turns = conversation.turns();
    Turn scored = turns.get(turns.size() - 1);
    List<Turn> before = turns.subList(0, turns.size() - 1);
    if (!conversation.tools().isEmpty()) {
      throw new PromptRefusal(
          "tools",
          "expected no tools, as an encoder has no template that is handed them (--no-tools leaves"
              + " them unread), found some");
    }
    return switch (encoding.choice()) {
      case ANSWER -> encode(scored.text(), Optional.empty());
      // An empty second text is none, as transformers has it.
      case PAIR ->
          encode(
              joined(before, NEWLINE), Optional.of(scored.text()).filter(text -> !text.isEmpty()));
      case CONVERSATION -> encode(joined(turns, ""), Optional.empty());
    };
  }

  private static String joined(List<Turn> turns, String between) {
    return turns.stream().map(Turn::text).collect(Collectors.joining(between));
  }

  private EncodedText encode(String text, Optional<String> pair) throws PromptRefusal {
    String first = cut(text);
    Optional<String> second = pair.map(this::cut);
    if (encoding.overLong() == OverLong.REJECT) {
      bounds.text(() -> first);
      bounds.text(() -> second.orElse(""));
    }
    EncodedText encoded = encoding.tokenizer().encode(first, second);
    boolean shorter = !first.equals(text) || !second.equals(pair);
    return shorter ? new EncodedText(encoded.ids(), encoded.firstText(), true) : encoded;
  }

  /** The first characters of a text, as Python counts them. */
  private String cut(String text) {
    int most = encoding.maxCharacters().orElse(Integer.MAX_VALUE);
    return text.length() <= most || text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
