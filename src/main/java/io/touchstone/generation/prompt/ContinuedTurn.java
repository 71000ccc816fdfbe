package io.touchstone.generation.prompt;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.PythonSpace;
import io.touchstone.template.jinja.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A last turn whose answer goes on: the prompt ends with its content, as with {@code
 * continue_final_message=True} of transformers 5.23. A mark behind the content finds the place in
 * the rendered text.
 *
 * @param conversation with the mark
 * @param content of the turn, without it
 */
record ContinuedTurn(Conversation conversation, String content) {

  private static final String MARK = "CONTINUE_FINAL_MESSAGE_TAG ";
  private static final String BARE_MARK = MARK.strip();

  /**
   * @throws TemplateException where the reference refuses to continue the turn
   */
  static ContinuedTurn of(Conversation conversation, ChatTemplate template) {
    List<Turn> turns = new ArrayList<>(conversation.turns());
    Turn last = turns.get(turns.size() - 1);
    Object content = last.fields().get("content");
    if (content == null) {
      throw new TemplateException("continued turn: expected a content, found none");
    }
    if (!template.mentions("content")) {
      throw new TemplateException(
          "continued turn: expected a chat template that reads content, found one that does not"
              + " name it");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(last.fields());
    String continued;
    if (content instanceof List<?> blocks) {
      int block = lastText(blocks);
      continued = text(((Map<?, ?>) blocks.get(block)).get("text"));
      List<@Nullable Object> marked = new ArrayList<>(blocks);
      Map<Object, @Nullable Object> markedBlock =
          new LinkedHashMap<>((Map<?, ?>) blocks.get(block));
      markedBlock.put("text", continued + MARK);
      marked.set(block, markedBlock);
      fields.put("content", marked);
    } else {
      continued = text(content);
      fields.put("content", continued + MARK);
    }
    turns.set(turns.size() - 1, new Turn(last.role(), fields));
    return new ContinuedTurn(new Conversation(turns, conversation.tools()), continued);
  }

  private static int lastText(List<?> blocks) {
    for (int b = blocks.size() - 1; b >= 0; b--) {
      if (blocks.get(b) instanceof Map<?, ?> block && block.containsKey("text")) {
        return b;
      }
    }
    throw new TemplateException("continued turn: expected a block of text, found none");
  }

  private static String text(@Nullable Object content) {
    if (content instanceof String text) {
      return text;
    }
    throw new TemplateException("continued turn: expected a text, found none");
  }

  /**
   * Cuts what the template has written behind the content.
   *
   * @throws TemplateException where the template has changed or left out the content
   */
  String cut(String rendered) {
    int end = rendered.lastIndexOf(BARE_MARK);
    if (end < 0 || !rendered.contains(PythonSpace.strip(content))) {
      throw new TemplateException(
          "continued turn: expected a chat template that writes it out whole, found one that leaves"
              + " some of it out");
    }
    String head = rendered.substring(0, end);
    // Where the template trims the content, it trims the mark's last space as well.
    return rendered.startsWith(MARK, end) ? head : PythonSpace.stripRight(head);
  }
}
