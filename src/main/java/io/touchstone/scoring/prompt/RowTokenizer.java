package io.touchstone.scoring.prompt;

import io.touchstone.batch.TokenTrie;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.prompt.PromptScorer.Prompting;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.TokenizerException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Renders, tokenizes and cuts the conversations of a row; what comes of it is the row's alone. */
record RowTokenizer(Prompting prompting, MemoryPlan memory) {

  /** More than the longest token of any published vocabulary (runs of spaces) has. */
  private static final long MOST_CHARS_PER_TOKEN = 256;

  /** A cut costs one more call for each layer; fewer tokens are sooner computed twice. */
  private static final int LEAST_SEGMENT = 8;

  Preparation prepare(List<Conversation> conversations) {
    int count = conversations.size();
    TokenTrie trie = new TokenTrie(count);
    PromptBorders borders = new PromptBorders(prompting.format(), prompting.tokenizer());
    Integer[] promptTokens = new Integer[count];
    Set<Turn> turns = Collections.newSetFromMap(new IdentityHashMap<>());
    // The turns of one chat come in growing order: if the whole is too long no part is rendered.
    for (int i = count - 1; i >= 0; i--) {
      String where = count == 1 ? "" : "conversation " + i + " of the row: ";
      try {
        Conversation conversation = conversations.get(i);
        String text = text(conversation);
        int[] ids = ids(text);
        // One conversation speaks for the row: what the others share with it is found by their ids.
        trie.add(
            i,
            Arrays.copyOf(ids, prompting.readOut().length(ids)),
            i == count - 1 ? borders.of(conversation, text, ids) : List.of(),
            prompting.stretch().applyAsInt(ids.length));
        promptTokens[i] = ids.length;
        turns.addAll(conversation.turns());
      } catch (TokenizerException e) {
        return new Preparation.Unpreparable(
            new Rejected("tokenizer-error", where + e.getMessage()));
      } catch (Refusal refusal) {
        return new Preparation.Unpreparable(
            new Rejected(refusal.kind, where + refusal.getMessage()));
      }
    }
    int spelled = 0;
    for (Turn turn : turns) {
      spelled += prompting.specialTokens().countIn(turn.text());
    }
    return new PreparedRow(trie.cut(LEAST_SEGMENT), List.of(promptTokens), spelled);
  }

  private String text(Conversation conversation) throws Refusal {
    String text;
    try {
      text = prompting.format().render(conversation);
    } catch (TemplateException e) {
      throw new Refusal("template-error", String.valueOf(e.getMessage()));
    }
    // Tokenizing megabytes takes many seconds, and this text cannot fit.
    if (text.length() > MOST_CHARS_PER_TOKEN * prompting.maxTokens()) {
      throw new Refusal(
          "too-many-tokens",
          "expected at most "
              + prompting.maxTokens()
              + " tokens, found a prompt of "
              + text.length()
              + " characters, more than "
              + MOST_CHARS_PER_TOKEN
              + " for each");
    }
    return text;
  }

  private int[] ids(String text) throws Refusal {
    int[] ids = prompting.tokenizer().encode(text);
    if (ids.length == 0) {
      throw new Refusal("empty-prompt", "expected at least one token, found none");
    }
    if (ids.length > prompting.maxTokens()) {
      throw new Refusal(
          "too-many-tokens",
          "expected at most " + prompting.maxTokens() + " tokens, found " + ids.length);
    }
    if (ids.length > memory.mostTokens()) {
      throw new Refusal(
          "too-large-for-memory",
          "expected at most "
              + memory.mostTokens()
              + " tokens, which fit "
              + memory.budget()
              + " bytes of memory, found "
              + ids.length
              + ", which take "
              + memory.bytesFor(ids.length));
    }
    for (int id : ids) {
      // A tokenizer may have been given tokens that the model never was.
      if (id < 0 || id >= prompting.vocabulary()) {
        throw new Refusal(
            "unknown-token",
            "expected token ids below the model's vocab_size, "
                + prompting.vocabulary()
                + ", found "
                + id);
      }
    }
    return ids;
  }

  /** Why a conversation cannot be scored. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String kind;

    Refusal(String kind, String reason) {
      super(reason, null, false, false);
      this.kind = kind;
    }
  }
}
