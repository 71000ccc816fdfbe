package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.jobs.ResultColumns;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.pipeline.RowText;
import java.util.Collections;
import java.util.List;

/** Rows of a format with scores that no model gave, which show what a job adds to them. */
public final class SampleScores implements ResultColumns.RowMaking {

  private final RowReader reader;
  private final RewardText text;

  public SampleScores(AnnotatePlan plan, RowFormat format) {
    AnnotateConfig config = plan.config();
    this.reader = new RowReader(format, config.rules(), config.writing().fields());
    this.text = config.labels().text(plan.model().attributes(), config.writing());
  }

  @Override
  public List<byte[]> rows(byte[] row) {
    if (!(reader.read(row) instanceof Row read)) {
      return List.of();
    }
    Scored scored = new Scored(rewards(read));
    return RowText.unwritable(read, scored, text).isEmpty()
        ? List.of(RowText.of(read, scored, text))
        : List.of();
  }

  private List<Reward> rewards(Row row) {
    int names =
        row.principles().map(own -> own.texts().size()).orElse(text.attributes().names().size());
    return Collections.nCopies(row.conversations().size(), ExampleReward.of(text, names));
  }
}
