package io.touchstone.scoring.prompt;

import io.touchstone.batch.TokenTrie;
import io.touchstone.batch.TreeInterleaver;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Question;
import io.touchstone.scoring.Steps;
import io.touchstone.scoring.prompt.PromptScorer.Prompting;
import io.touchstone.tokenizer.TokenizerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Renders, tokenizes and cuts the conversations of a row; what comes of it is the row's alone. */
record RowTokenizer(Prompting prompting, PromptBounds bounds, Optional<StepPrompts> steps)
    implements RowPreparation {

  /** A cut costs one more call for each layer; fewer tokens are sooner computed twice. */
  private static final int LEAST_SEGMENT = 8;

  /** A line of a few megabytes may ask for more than a model can answer in a year. */
  private static final int MOST_PROMPTS = 1 << 16;

  static RowTokenizer of(Prompting prompting, MemoryPlan memory) {
    PromptBounds bounds =
        new PromptBounds(
            prompting.maxTokens(), "", prompting.vocabulary(), PromptBounds.Memory.of(memory));
    return new RowTokenizer(
        prompting,
        bounds,
        Optional.of(prompting.steps())
            .filter(Steps::areJudged)
            .map(
                judged ->
                    new StepPrompts(judged, prompting.format(), prompting.tokenizer(), bounds)));
  }

  @Override
  public Preparation prepare(List<Conversation> conversations, List<String> principles) {
    if (steps.isPresent()) {
      return inSteps(conversations, steps.get());
    }
    List<String> questions = prompting.question().texts(principles);
    int count = conversations.size();
    if (questions.size() > 1 && (long) count * questions.size() > MOST_PROMPTS) {
      return new Preparation.Unpreparable(
          new Rejected(
              "too-many-prompts",
              "expected at most "
                  + MOST_PROMPTS
                  + " prompts, found "
                  + count
                  + " conversations and "
                  + questions.size()
                  + " questions about each"));
    }
    TreeInterleaver trees = new TreeInterleaver();
    Integer[] promptTokens = new Integer[count * questions.size()];
    Integer[] places = new Integer[count * questions.size()];
    Set<Turn> turns = Collections.newSetFromMap(new IdentityHashMap<>());
    int[][] shared = new int[count][];
    for (int q = 0; q < questions.size(); q++) {
      // One for each question: how a prompt is cut must not follow from what else is asked.
      TokenTrie trie = new TokenTrie(count);
      // The turns of one chat come in growing order: if the whole is too long no part is rendered.
      for (int i = count - 1; i >= 0; i--) {
        String where = where(i, count);
        try {
          Conversation conversation = conversations.get(i);
          Conversation asked = asked(conversation, questions.get(q));
          String text = bounds.text(() -> prompting.format().render(asked));
          int[] ids =
              bounds.ids(() -> prompting.readOut().prompt(prompting.tokenizer().encode(text)));
          shared[i] = q == 0 ? beforePrinciple(conversation, text) : shared[i];
          // One conversation speaks for the row: what others share with it is found by their ids.
          int[] lengths = lengths(ids);
          trie.add(
              i,
              ids,
              lengths,
              borders(
                  i == count - 1 ? borders().of(conversation, text, ids) : List.of(),
                  shared[i],
                  ids),
              prompting.stretch().applyAsInt(ids.length));
          promptTokens[i * questions.size() + q] = ids.length;
          places[i * questions.size() + q] = lengths.length;
          turns.addAll(conversation.turns());
        } catch (TokenizerException e) {
          return new Preparation.Unpreparable(
              new Rejected("tokenizer-error", where + e.getMessage()));
        } catch (PromptRefusal refusal) {
          return new Preparation.Unpreparable(refusal.rejected(where));
        }
      }
      trees.add(trie.cut(LEAST_SEGMENT));
    }
    int spelled = spelled(turns);
    for (String principle : principles) {
      spelled += prompting.specialTokens().countIn(principle);
    }
    return new PreparedRow(trees.tree(), List.of(promptTokens), List.of(places), spelled);
  }

  /** How many tokens lead up to each place at which a prompt is read. */
  private int[] lengths(int[] ids) throws PromptRefusal {
    int[] lengths = prompting.readOut().lengths(ids);
    if (lengths.length == 0) {
      throw new PromptRefusal(
          "no-read-out",
          "expected " + prompting.readOut().wanted() + ", where the model reads, found none");
    }
    return lengths;
  }

  /** Each conversation is one prompt, read at the end of each of its answer's steps. */
  private Preparation inSteps(List<Conversation> conversations, StepPrompts prompts) {
    int count = conversations.size();
    StepPrompts.Prompt[] made = new StepPrompts.Prompt[count];
    Set<Turn> turns = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = count - 1; i >= 0; i--) {
      String where = where(i, count);
      try {
        made[i] = prompts.of(conversations.get(i));
        turns.addAll(conversations.get(i).turns());
      } catch (TokenizerException e) {
        return new Preparation.Unpreparable(
            new Rejected("tokenizer-error", where + e.getMessage()));
      } catch (PromptRefusal refusal) {
        return new Preparation.Unpreparable(refusal.rejected(where));
      }
    }
    TokenTrie trie = new TokenTrie(count);
    for (int i = count - 1; i >= 0; i--) {
      trie.add(
          i,
          made[i].ids(),
          made[i].lengths(),
          i == count - 1 ? made[i].borders() : List.of(),
          prompting.stretch().applyAsInt(made[i].ids().length));
    }
    List<Integer> rewards = Arrays.stream(made).map(prompt -> prompt.lengths().length).toList();
    return new PreparedRow(
        trie.cut(LEAST_SEGMENT),
        Arrays.stream(made).map(prompt -> prompt.ids().length).toList(),
        rewards,
        Collections.nCopies(rewards.stream().mapToInt(Integer::intValue).sum(), 1),
        spelled(turns),
        0,
        Set.of());
  }

  private static String where(int conversation, int count) {
    return count == 1 ? "" : "conversation " + conversation + " of the row: ";
  }

  private int spelled(Set<Turn> turns) {
    return turns.stream().mapToInt(turn -> prompting.specialTokens().countIn(turn.text())).sum();
  }

  private static Conversation asked(Conversation conversation, String question) {
    if (question.isEmpty()) {
      return conversation;
    }
    List<Turn> turns = new ArrayList<>(conversation.turns());
    turns.add(Turn.of(Role.USER, question));
    return new Conversation(turns, conversation.tools());
  }

  private PromptBorders borders() {
    return new PromptBorders(prompting.format(), prompting.tokenizer());
  }

  private int[] beforePrinciple(Conversation conversation, String text) {
    Question question = prompting.question();
    return question.takesPrinciples()
        ? borders()
            .beforePrinciple(text, principle -> asked(conversation, question.about(principle)))
        : new int[0];
  }

  /** With the one behind the ids that a prompt has in common with those about other principles. */
  private static List<Integer> borders(List<Integer> ofTurns, int[] shared, int[] ids) {
    if (shared.length == 0) {
      return ofTurns;
    }
    int differs = Arrays.mismatch(shared, ids);
    List<Integer> borders = new ArrayList<>(ofTurns);
    borders.add(differs < 0 ? shared.length : differs);
    return borders;
  }
}
