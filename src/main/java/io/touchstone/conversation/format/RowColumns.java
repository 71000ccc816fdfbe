package io.touchstone.conversation.format;

import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Columns that rows of any format may have beside its own: the system's turn ({@code system} in
 * LLaMA-Factory and NeMo-Aligner, {@code system_prompt} in ms-swift and NVIDIA's
 * Llama-Nemotron-Post-Training) and the tools (TRL, LLaMA-Factory).
 */
final class RowColumns {

  static final String SYSTEM = "system";
  static final String TOOLS = "tools";

  private static final Field<String> SYSTEM_TEXT = Field.systemText(SYSTEM);
  private static final Field<String> SYSTEM_PROMPT = Field.systemText("system_prompt");
  private static final Field<List<Object>> TOOL_LIST = Field.tools(TOOLS);

  static final List<String> NAMES = List.of(SYSTEM, SYSTEM_PROMPT.name(), TOOLS);

  private RowColumns() {}

  static List<Field<?>> readBy(ReadRules rules) {
    List<Field<?>> read = new ArrayList<>();
    if (rules.systemColumns()) {
      read.add(SYSTEM_TEXT);
      read.add(SYSTEM_PROMPT);
    }
    if (rules.tools()) {
      read.add(TOOL_LIST);
    }
    return read;
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
