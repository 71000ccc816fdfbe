package io.touchstone.conversation.format;

import io.touchstone.conversation.line.JsonPath;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowPrinciples;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Columns that rows of any format may have beside its own: the system's turn ({@code system} in
 * LLaMA-Factory and NeMo-Aligner, {@code system_prompt} in ms-swift and NVIDIA's
 * Llama-Nemotron-Post-Training), the tools (TRL, LLaMA-Factory), and what their answers are judged
 * by.
 */
final class RowColumns {

  static final String SYSTEM = "system";
  static final String TOOLS = "tools";

  private static final Field<String> SYSTEM_TEXT = Field.systemText(SYSTEM);
  private static final Field<String> SYSTEM_PROMPT = Field.systemText("system_prompt");
  private static final Field<List<Object>> TOOL_LIST = Field.tools(TOOLS);

  private static final Field<String> PRINCIPLE = Field.text("principle");
  private static final Field<List<String>> PRINCIPLES = Field.textList("principles");

  static final List<String> NAMES =
      List.of(SYSTEM, SYSTEM_PROMPT.name(), TOOLS, PRINCIPLE.name(), PRINCIPLES.name());

  private RowColumns() {}

  /** Whether a column holds the system's turn. */
  static boolean isSystem(String name) {
    return name.equals(SYSTEM) || name.equals(SYSTEM_PROMPT.name());
  }

  /** Names of those that are part of what is asked. */
  static List<String> ofPrompt() {
    return List.of(SYSTEM, SYSTEM_PROMPT.name(), TOOLS);
  }

  static List<Field<?>> readBy(ReadRules rules) {
    List<Field<?>> read = new ArrayList<>();
    if (rules.systemColumns()) {
      read.add(SYSTEM_TEXT);
      read.add(SYSTEM_PROMPT);
    }
    if (rules.tools()) {
      read.add(TOOL_LIST);
    }
    if (rules.principles() != PrincipleColumns.UNREAD) {
      read.add(PRINCIPLE);
      read.add(PRINCIPLES);
    }
    return read;
  }

  /** All that may be read. */
  static List<Field<?>> all() {
    return readBy(ReadRules.ALL.with(PrincipleColumns.READ));
  }

  static Optional<RowPrinciples> principles(RowFields fields) {
    Optional<String> one = fields.optional(PRINCIPLE);
    Optional<List<String>> list = fields.optional(PRINCIPLES);
    if (one.isPresent() && list.isPresent()) {
      throw RowProblem.ambiguous(
          PRINCIPLES.name(),
          "principle or principles",
          "both: either may be meant (--format NAME --map principles= leaves one unread)");
    }
    if (one.isEmpty() && list.isEmpty()) {
      if (fields.rules().principles() == PrincipleColumns.REQUIRED) {
        throw JsonPath.missing(
            PRINCIPLE.name(),
            "a string, or a list of them in principles, as the call brings no principle");
      }
      return Optional.empty();
    }
    List<String> texts = list.orElseGet(() -> List.of(one.orElseThrow()));
    String name = list.isPresent() ? PRINCIPLES.name() : PRINCIPLE.name();
    if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
      throw new RowProblem(
          Malformation.UNEXPECTED_VALUE,
          name,
          "expected a principle, found " + (texts.isEmpty() ? "none" : "a blank text"));
    }
    if (texts.size() > RowPrinciples.MOST || new HashSet<>(texts).size() != texts.size()) {
      throw new RowProblem(
          Malformation.UNEXPECTED_VALUE,
          name,
          "expected at most "
              + RowPrinciples.MOST
              + " principles, none of them twice, found "
              + texts.size()
              + (texts.size() > RowPrinciples.MOST ? "" : " with one twice"));
    }
    fields.note(RowNote.Kind.OWN_PRINCIPLES);
    return Optional.of(
        new RowPrinciples(
            texts, list.isPresent() ? RowPrinciples.Shape.LIST : RowPrinciples.Shape.ONE));
  }

  static Opening opening(RowFields fields) {
    Optional<String> system = fields.optional(SYSTEM_TEXT).filter(text -> !text.isEmpty());
    Optional<String> systemPrompt = fields.optional(SYSTEM_PROMPT).filter(text -> !text.isEmpty());
    if (system.isPresent() && systemPrompt.isPresent() && !system.equals(systemPrompt)) {
      throw new RowProblem(
          Malformation.AMBIGUOUS,
          SYSTEM_PROMPT.name(),
          "expected the same text as in system, found another: either may be meant (--format"
              + " NAME --map system_prompt= leaves one unread, --no-system-column both)");
    }
    List<Object> tools = fields.optional(TOOL_LIST).orElse(List.of());
    Optional<Opening.System> said =
        system
            .map(text -> new Opening.System(SYSTEM, text))
            .or(() -> systemPrompt.map(text -> new Opening.System(SYSTEM_PROMPT.name(), text)));
    if (said.isPresent()) {
      fields.note(RowNote.Kind.SYSTEM_COLUMN);
    }
    if (!tools.isEmpty()) {
      fields.note(RowNote.Kind.TOOLS);
    }
    return new Opening(said, tools);
  }
}
