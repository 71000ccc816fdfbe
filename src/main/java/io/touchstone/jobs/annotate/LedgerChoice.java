package io.touchstone.jobs.annotate;

import io.touchstone.ledger.LedgerFolder;
import io.touchstone.ledger.LedgerScores;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ScoreIdentity;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a job looks for known scores.
 *
 * @param folder empty for nowhere
 */
public record LedgerChoice(String folder) {

  public KnownScores open(ModelDescription model, Configuration hadoop) throws IOException {
    return folder.isEmpty()
        ? KnownScores.NONE
        : LedgerScores.open(LedgerFolder.of(folder, hadoop), ScoreIdentity.of(model));
  }
}
