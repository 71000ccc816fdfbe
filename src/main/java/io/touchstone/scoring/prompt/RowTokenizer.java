package io.touchstone.scoring.prompt;

import io.touchstone.batch.TokenTrie;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.prompt.PromptScorer.Prompting;
import io.touchstone.tokenizer.TokenizerException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Renders, tokenizes and cuts the conversations of a row; what comes of it is the row's alone. */
record RowTokenizer(Prompting prompting, PromptBounds bounds) {

  /** A cut costs one more call for each layer; fewer tokens are sooner computed twice. */
  private static final int LEAST_SEGMENT = 8;

  static RowTokenizer of(Prompting prompting, MemoryPlan memory) {
    return new RowTokenizer(
        prompting,
        new PromptBounds(
            prompting.maxTokens(), "", prompting.vocabulary(), new LoadMemory(memory)));
  }

  /** What one conversation takes of a load's memory. */
  private record LoadMemory(MemoryPlan plan) implements PromptBounds.Memory {
    @Override
    public int mostTokens() {
      return plan.mostTokens();
    }

    @Override
    public long budget() {
      return plan.budget();
    }

    @Override
    public long bytes(int tokens) {
      return plan.bytesFor(tokens);
    }
  }

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
        String text = bounds.text(() -> prompting.format().render(conversation));
        int[] ids = bounds.ids(() -> prompting.tokenizer().encode(text));
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
      } catch (PromptRefusal refusal) {
        return new Preparation.Unpreparable(refusal.rejected(where));
      }
    }
    int spelled = 0;
    for (Turn turn : turns) {
      spelled += prompting.specialTokens().countIn(turn.text());
    }
    return new PreparedRow(trie.cut(LEAST_SEGMENT), List.of(promptTokens), spelled);
  }
}
