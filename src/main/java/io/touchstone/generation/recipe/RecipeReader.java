package io.touchstone.generation.recipe;

import io.touchstone.conversation.Turn;
import io.touchstone.conversation.format.AnswerFields;
import io.touchstone.conversation.format.AnswerPlace;
import io.touchstone.conversation.format.AnsweredRow;
import io.touchstone.conversation.format.BroughtAnswers;
import io.touchstone.conversation.format.ParsedPrompt;
import io.touchstone.conversation.format.PromptReader;
import io.touchstone.conversation.format.PromptRow;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.conversation.format.PromptSource;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.generation.text.ThoughtSplit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes prompts of rows by a recipe: of what a row says, of the best of its answers, and of its
 * feedback. A thought is never part of one. Immutable; any thread, several at once.
 */
public final class RecipeReader implements PromptSource {

  private static final String TEXTS = "a text, or a list of texts";

  private final RowPrompts prompts;
  private final PromptRules rules;
  private final PromptReader rows;

  public RecipeReader(RowFormat format, PromptRules rules, RowPrompts prompts) {
    this.prompts = prompts;
    this.rules = rules;
    this.rows = new PromptReader(format, rules);
  }

  @Override
  public ParsedPrompt read(byte[] utf8Line) {
    try {
      Optional<ParsedPrompt> brought = brought(utf8Line);
      return brought.isPresent() ? brought.get() : prompt(rows.answered(utf8Line));
    } catch (RowProblem problem) {
      return new ParsedPrompt.Unanswerable(problem.row());
    }
  }

  /** A row with answers of its own. */
  private Optional<ParsedPrompt> brought(byte[] utf8Line) {
    String field = rules.answersFrom();
    if (field == null) {
      return Optional.empty();
    }
    JsonRow row = JsonRow.read(utf8Line);
    return BroughtAnswers.in(row, field)
        .map(
            answers ->
                unasked(
                    row.with(Map.of(prompts.fields().into(), answers)),
                    Set.of(),
                    RowNote.Kind.BROUGHT_ANSWERS));
  }

  private static ParsedPrompt unasked(byte[] line, Set<RowNote> notes, RowNote.Kind why) {
    List<RowNote> all = new ArrayList<>(notes);
    all.add(RowNote.of(why));
    return new ParsedPrompt.Unasked(line, all);
  }

  private ParsedPrompt prompt(AnsweredRow row) {
    AnswerFields into = prompts.fields().answers();
    refuseClashes(row.row(), into);
    Set<RowNote> notes = new LinkedHashSet<>(row.notes());
    Map<String, String> texts = new TreeMap<>();
    for (String place : prompts.recipe().texts()) {
      Optional<String> text =
          switch (place) {
            case RowPrompts.RESPONSE -> Optional.of(response(row, notes));
            case RowPrompts.FEEDBACK -> prompts.feedback().text(feedback(row.row(), notes));
            case RowPrompts.PRINCIPLE -> Optional.of(principle(row.row()));
            default -> throw new IllegalStateException("expected a text of a row, found " + place);
          };
      if (text.isEmpty()) {
        return unasked(
            row.row().with(Map.of(into.responses(), "[]")), notes, RowNote.Kind.NO_FEEDBACK);
      }
      texts.put(place, text.get());
    }
    return new PromptRow(
        prompts.recipe().conversation(row.prompt(), texts),
        Optional.empty(),
        row.id(),
        List.copyOf(notes),
        row.row(),
        new AnswerPlace.Beside(into, Optional.ofNullable(texts.get(RowPrompts.RESPONSE))));
  }

  private static void refuseClashes(JsonRow row, AnswerFields into) {
    for (String name : into.names()) {
      if (row.names().contains(name)) {
        throw new RowProblem(
            Malformation.FIELD_IN_THE_WAY,
            name,
            "expected a row without this field, under whose name answers are written, found it"
                + " (--answers-from takes what a row has for its answers)");
      }
    }
  }

  private String response(AnsweredRow row, Set<RowNote> notes) {
    Turn best = BestAnswer.of(row, prompts.fields().scores());
    if (best.has("tool_calls")) {
      throw new RowProblem(
          Malformation.UNSUPPORTED_CONTENT,
          RowPrompts.RESPONSE,
          "expected an answer that is a text, found tool calls");
    }
    return withoutThought(best.text(), notes)
        .orElseThrow(
            () ->
                new RowProblem(
                    Malformation.NO_RESPONSE,
                    RowPrompts.RESPONSE,
                    "expected an answer behind its thought, found a thought without an end"));
  }

  /** Texts without their thoughts; those that are nothing but one are left out. */
  private List<String> feedback(JsonRow row, Set<RowNote> notes) {
    RowValue value = row.required(prompts.fields().feedback(), TEXTS);
    List<RowValue> each = value.isList() ? value.elements(TEXTS) : List.of(value);
    List<String> texts = new ArrayList<>();
    for (RowValue one : each) {
      if (!one.isNull()) {
        withoutThought(text(one), notes).ifPresent(texts::add);
      }
    }
    return texts;
  }

  /** Of a text, or of a message where a text would be read as something else. */
  private static String text(RowValue value) {
    return value.isObject()
        ? value.member("content").orElseThrow(() -> value.refused(TEXTS)).text()
        : value.text();
  }

  private static String principle(JsonRow row) {
    return row.required(RowPrompts.PRINCIPLE, "a text, for which the recipe has a place").text();
  }

  private static Optional<String> withoutThought(String text, Set<RowNote> notes) {
    ThoughtSplit split = ThoughtSplit.ofForeign(text);
    if (split.thought() != null) {
      notes.add(RowNote.of(RowNote.Kind.THOUGHT_LEFT_OUT));
    }
    return Optional.ofNullable(split.response());
  }
}
