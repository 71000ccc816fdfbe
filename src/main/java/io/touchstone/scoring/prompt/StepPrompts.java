package io.touchstone.scoring.prompt;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.scoring.Steps;
import io.touchstone.template.PromptFormat;
import io.touchstone.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the prompts of a model that judges steps: one for each conversation, in which every step of
 * the answer is read.
 */
public final class StepPrompts {

  /** What no template writes by itself, and no conversation says. */
  private static final char FIRST_STAND_IN = '\uE000';

  private static final char LAST_STAND_IN = '\uE03F';

  /** A line of a few megabytes may have as many as letters. */
  private static final int MOST_STEPS = 4_096;

  private final Steps steps;
  private final PromptFormat format;
  private final Tokenizer tokenizer;
  private final PromptBounds bounds;

  /** Behind steps; -1 where none stands there. */
  private final int token;

  private final List<int[]> answers;

  /**
   * A conversation as ids.
   *
   * @param ids of the whole prompt
   * @param lengths for each step how many of the ids, from the first, lead up to where it is read,
   *     that one included; in growing order
   * @param borders where prompts of other rows may part from it
   */
  record Prompt(int[] ids, int[] lengths, List<Integer> borders) {}

  StepPrompts(Steps steps, PromptFormat format, Tokenizer tokenizer, PromptBounds bounds) {
    this.steps = steps;
    this.format = format;
    this.tokenizer = tokenizer;
    this.bounds = bounds;
    this.token =
        steps.layout() == Steps.Layout.TOKEN
            ? StepTokens.find(steps.token(), tokenizer).orElse(-1)
            : -1;
    this.answers = steps.answers().stream().map(tokenizer::encode).toList();
  }

  /**
   * What is wrong with prompts of steps, as a short answer of two shows; a template that does not
   * take it is believed.
   *
   * @param vocabulary ids that the model knows: from 0 up to this
   */
  public static Optional<String> problem(
      Steps steps, PromptFormat format, Tokenizer tokenizer, int vocabulary) {
    Conversation trial =
        new Conversation(
            List.of(
                Turn.of(Role.USER, "What is 1+1?"),
                Turn.of(Role.ASSISTANT, "It is two." + steps.separator() + "So: 2")));
    PromptBounds bounds = new PromptBounds(MOST_STEPS, "", vocabulary, new EndlessMemory());
    try {
      new StepPrompts(steps, format, tokenizer, bounds).of(trial);
      return Optional.empty();
    } catch (PromptRefusal refusal) {
      return refusal.isOf("template-error")
          ? Optional.empty()
          : Optional.ofNullable(refusal.getMessage());
    }
  }

  /** Of a prompt that is never given to a model. */
  private record EndlessMemory() implements PromptBounds.Memory {
    @Override
    public int mostTokens() {
      return Integer.MAX_VALUE;
    }

    @Override
    public long budget() {
      return Long.MAX_VALUE;
    }

    @Override
    public long bytes(int tokens) {
      return tokens;
    }
  }

  /**
   * @throws PromptRefusal if the model cannot be given it, or where the steps end cannot be told
   */
  Prompt of(Conversation conversation) throws PromptRefusal {
    List<String> texts =
        conversation.steps().isEmpty()
            ? steps.of(answer(conversation).text())
            : conversation.steps();
    if (texts.size() > MOST_STEPS) {
      throw new PromptRefusal(
          "too-many-steps", "expected at most " + MOST_STEPS + " steps, found " + texts.size());
    }
    return switch (steps.layout()) {
      case TOKEN -> behindTokens(conversation, texts);
      case TURN -> beforeTurns(conversation, texts);
      case SEPARATOR -> behindSeparators(conversation, texts);
    };
  }

  private static Turn answer(Conversation conversation) {
    return conversation.turns().get(conversation.turns().size() - 1);
  }

  /** Each step is read at the token behind it. */
  private Prompt behindTokens(Conversation conversation, List<String> texts) throws PromptRefusal {
    refuseSpelled(conversation, texts);
    String between = steps.token() + (steps.keepsSeparator() ? steps.separator() : "");
    Conversation marked = saying(conversation, String.join(between, texts) + steps.token());
    String text = bounds.text(() -> format.render(marked));
    int[] ids = bounds.ids(() -> tokenizer.encode(text));
    int[] lengths =
        IntStream.range(0, ids.length).filter(i -> ids[i] == token).map(i -> i + 1).toArray();
    if (lengths.length != texts.size()) {
      throw new PromptRefusal(
          "step-token",
          "expected the token of "
              + shown(steps.token())
              + " behind each of "
              + texts.size()
              + " steps and nowhere else, found it "
              + lengths.length
              + " times");
    }
    return new Prompt(ids, lengths, borders().of(marked, text, ids));
  }

  private void refuseSpelled(Conversation conversation, List<String> texts) throws PromptRefusal {
    long spelling =
        conversation.turns().stream()
                .limit(conversation.turns().size() - 1L)
                .filter(turn -> turn.text().contains(steps.token()))
                .count()
            + texts.stream().filter(text -> text.contains(steps.token())).count();
    if (spelling > 0) {
      throw new PromptRefusal(
          "step-token",
          "expected texts without "
              + shown(steps.token())
              + ", at which a step is read, found it in "
              + spelling
              + " of the turns and steps");
    }
  }

  /**
   * Each step is the user's turn, which the assistant answers; what is read is the token before the
   * answer, where it is foretold. The answers are where prompts with the one and the other differ.
   */
  private Prompt beforeTurns(Conversation conversation, List<String> texts) throws PromptRefusal {
    Conversation good = answered(conversation, texts, steps.answers().get(0));
    Conversation bad = answered(conversation, texts, steps.answers().get(1));
    String text = bounds.text(() -> format.render(good));
    int[] ids = bounds.ids(() -> tokenizer.encode(text));
    String other = bounds.text(() -> format.render(bad));
    int[] others = bounds.ids(() -> tokenizer.encode(other));
    int[] lengths =
        ids.length == others.length
            ? IntStream.range(0, ids.length).filter(i -> ids[i] != others[i]).toArray()
            : new int[0];
    boolean areAnswers =
        Arrays.stream(lengths)
            .allMatch(i -> ids[i] == answers.get(0)[0] && others[i] == answers.get(1)[0]);
    if (lengths.length != texts.size() || !areAnswers || lengths[0] == 0) {
      throw new PromptRefusal(
          "step-answers",
          "expected a turn of one token, "
              + shown(steps.answers().get(0))
              + " or "
              + shown(steps.answers().get(1))
              + ", behind each of "
              + texts.size()
              + " steps, found prompts that differ otherwise");
    }
    return new Prompt(ids, lengths, borders().of(good, text, ids));
  }

  /** The first step goes on with the user's last turn; there must be one. */
  private static Conversation answered(Conversation conversation, List<String> texts, String answer)
      throws PromptRefusal {
    List<Turn> turns = new ArrayList<>(conversation.turns());
    turns.remove(turns.size() - 1);
    if (turns.isEmpty() || turns.get(turns.size() - 1).role() != Role.USER) {
      throw new PromptRefusal(
          "step-answers", "expected the user's turn before the answer, found none");
    }
    Turn question = turns.remove(turns.size() - 1);
    for (int step = 0; step < texts.size(); step++) {
      turns.add(
          step == 0
              ? saying(question, question.text() + " " + texts.get(0))
              : Turn.of(Role.USER, texts.get(step)));
      turns.add(Turn.of(Role.ASSISTANT, answer));
    }
    return new Conversation(turns, conversation.tools());
  }

  /**
   * Each step is read at the last token of the separator behind it. Prompt, steps and separators
   * are tokenized each by itself, as the models were trained.
   */
  private Prompt behindSeparators(Conversation conversation, List<String> texts)
      throws PromptRefusal {
    String head = head(conversation);
    bounds.text(() -> head + String.join(steps.separator(), texts));
    int[] before = bounds.ids(() -> tokenizer.encode(head));
    int[] separator = tokenizer.encode(steps.separator());
    IntStream.Builder ids = IntStream.builder();
    Arrays.stream(before).forEach(ids);
    int[] lengths = new int[texts.size()];
    int length = before.length;
    for (int step = 0; step < lengths.length; step++) {
      String text = texts.get(step);
      int[] own = text.isEmpty() ? new int[0] : bounds.ids(() -> tokenizer.encode(text));
      Arrays.stream(own).forEach(ids);
      Arrays.stream(separator).forEach(ids);
      length += own.length + separator.length;
      lengths[step] = length;
    }
    int[] all = bounds.ids(() -> ids.build().toArray());
    return new Prompt(all, lengths, List.of(before.length));
  }

  /** What the template writes in front of the answer. */
  private String head(Conversation conversation) throws PromptRefusal {
    String standIn = standIn(conversation);
    String text = bounds.text(() -> format.render(saying(conversation, standIn)));
    int at = text.indexOf(standIn);
    if (at < 0) {
      throw new PromptRefusal(
          "template-error",
          "expected the answer in the prompt, found a template that leaves it out");
    }
    return text.substring(0, at);
  }

  private static String standIn(Conversation conversation) throws PromptRefusal {
    return IntStream.rangeClosed(FIRST_STAND_IN, LAST_STAND_IN)
        .mapToObj(Character::toString)
        .filter(
            character ->
                conversation.turns().stream().noneMatch(turn -> turn.text().contains(character)))
        .findFirst()
        .orElseThrow(
            () ->
                new PromptRefusal(
                    "template-error", "expected an unused character to render with, found none"));
  }

  private PromptBorders borders() {
    return new PromptBorders(format, tokenizer);
  }

  /** The conversation with another text as its answer. */
  private static Conversation saying(Conversation conversation, String text) {
    List<Turn> turns = new ArrayList<>(conversation.turns());
    turns.set(turns.size() - 1, saying(turns.get(turns.size() - 1), text));
    return new Conversation(turns, conversation.tools());
  }

  private static Turn saying(Turn turn, String text) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(turn.fields());
    fields.put("content", text);
    return new Turn(turn.role(), fields);
  }

  private static String shown(String text) {
    return "'" + text.replace("\n", "\\n") + "'";
  }
}
