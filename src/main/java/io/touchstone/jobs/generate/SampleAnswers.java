package io.touchstone.jobs.generate;

import io.touchstone.conversation.format.ParsedPrompt;
import io.touchstone.conversation.format.PromptRow;
import io.touchstone.conversation.format.PromptSource;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.generation.Answer;
import io.touchstone.generation.Finish;
import io.touchstone.jobs.ResultColumns;
import java.util.List;

/** Rows with an answer that no model gave, which show what a job makes of them. */
final class SampleAnswers implements ResultColumns.RowMaking {

  private static final Answer ANSWER = new Answer("text", "text", Finish.EOS, 1, -0.5);

  private final PromptSource prompts;

  SampleAnswers(PromptMaking making, RowFormat format) {
    this.prompts = making.source(format);
  }

  @Override
  public List<byte[]> rows(byte[] row) {
    ParsedPrompt read = prompts.read(row);
    if (read instanceof PromptRow asked) {
      return List.of(new AnsweredLine(asked, List.of(ANSWER)).bytes());
    }
    return read instanceof ParsedPrompt.Unasked unasked ? List.of(unasked.line()) : List.of();
  }

  /** A prompt may be a text in one row and messages in the next. */
  @Override
  public boolean isUniform() {
    return false;
  }
}
