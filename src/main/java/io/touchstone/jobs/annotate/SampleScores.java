package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.jobs.ResultColumns;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import io.touchstone.reward.VoteField;
import io.touchstone.reward.Votes;
import io.touchstone.scoring.pipeline.RowText;
import java.util.ArrayList;
import java.util.Arrays;
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
    // Of several steps: a list shows what its column holds.
    int names =
        text.steps() != null
            ? 2
            : row.principles()
                .map(own -> own.texts().size())
                .orElse(text.attributes().names().size());
    // Where votes have a spread they are several.
    int texts = text.voteFields().contains(VoteField.SPREAD) ? 2 : 1;
    List<Votes> votes =
        text.voteFields().isEmpty()
            ? List.of()
            : Collections.nCopies(names, new Votes(0.5f, 0, 0, Collections.nCopies(texts, "text")));
    List<Reward> rewards = new ArrayList<>();
    for (int i = 0; i < row.conversations().size(); i++) {
      // Each is another: of equal ones there would be no pair to show.
      float[] scores = new float[names];
      Arrays.fill(scores, i + 0.5f);
      rewards.add(new Reward(scores, votes));
    }
    return rewards;
  }
}
