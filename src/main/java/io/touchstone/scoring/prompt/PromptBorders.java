package io.touchstone.scoring.prompt;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.template.PromptFormat;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where prompts of other rows may part from a conversation's: in front of the first turn's content
 * (behind the template's head and the system's text), in front of the scored turn's, and in front
 * of the principle that a question behind it is about.
 *
 * <p>A place is found by rendering the turns up to it with another content: the texts have in
 * common what stands before. A template that takes this amiss leaves fewer tokens to share; no
 * score depends on it.
 */
record PromptBorders(PromptFormat format, Tokenizer tokenizer) {

  private static final char FIRST_STAND_IN = '\uE000';
  private static final char LAST_STAND_IN = '\uE03F';

  /**
   * Numbers of tokens, from the first, that come before a border; they follow from the arguments
   * alone.
   *
   * @param conversation without what is asked about it
   * @param text that begins with the conversation's
   * @param ids of the text
   */
  List<Integer> of(Conversation conversation, String text, int[] ids) {
    List<Turn> turns = conversation.turns();
    int last = turns.size() - 1;
    int opening = 0;
    while (opening < last && turns.get(opening).role() == Role.SYSTEM) {
      opening++;
    }
    List<Integer> borders = new ArrayList<>();
    for (int turn : opening < last ? new int[] {opening, last} : new int[] {last}) {
      int border = tokens(text.substring(0, chars(conversation, turn, text)), ids);
      if (border > 0 && border < ids.length) {
        borders.add(border);
      }
    }
    return borders;
  }

  /**
   * The ids that prompts of a conversation begin with, whatever principle they are about; none
   * where that cannot be told.
   *
   * @param text of one of the prompts
   * @param asked makes the conversation with the question about a principle
   */
  int[] beforePrinciple(String text, Function<String, Conversation> asked) {
    OptionalInt standIn = standIn(text);
    if (standIn.isEmpty()) {
      return new int[0];
    }
    String principle = Character.toString(standIn.getAsInt());
    try {
      String head = format.render(asked.apply(principle)).split(principle, 2)[0].stripTrailing();
      int[] ids = head.isEmpty() ? new int[0] : tokenizer.encode(head);
      // A principle may change the token in front of it.
      return Arrays.copyOf(ids, Math.max(0, ids.length - 1));
    } catch (TemplateException e) {
      return new int[0];
    }
  }

  private static OptionalInt standIn(String text) {
    return IntStream.rangeClosed(FIRST_STAND_IN, LAST_STAND_IN)
        .filter(character -> text.indexOf(character) < 0)
        .findFirst();
  }

  /** Chars of the text in front of a turn's content; 0 where that cannot be told. */
  private int chars(Conversation conversation, int turn, String text) {
    OptionalInt standIn = standIn(text);
    if (standIn.isEmpty()) {
      return 0;
    }
    List<Turn> turns = conversation.turns();
    List<Turn> other = new ArrayList<>(turns.subList(0, turn));
    other.add(saying(turns.get(turn), Character.toString(standIn.getAsInt())));
    try {
      return common(text, format.render(new Conversation(other, conversation.tools())));
    } catch (TemplateException e) {
      return 0;
    }
  }

  private static Turn saying(Turn turn, String content) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("role", turn.fields().get("role"));
    fields.put(
        "content",
        turn.fields().get("content") instanceof List<?>
            ? List.of(Map.of("type", "text", "text", content))
            : content);
    return new Turn(turn.role(), fields);
  }

  private static int common(String one, String other) {
    int differs = Arrays.mismatch(one.toCharArray(), other.toCharArray());
    return differs < 0 ? one.length() : differs;
  }

  /** The last tokens of a text cut short may be others than in the whole. */
  private int tokens(String head, int[] ids) {
    if (head.isEmpty()) {
      return 0;
    }
    int[] own = tokenizer.encode(head);
    int differs = Arrays.mismatch(own, ids);
    return differs < 0 ? own.length : differs;
  }
}
