package io.touchstone.jobs.annotate;

import io.touchstone.ledger.LedgerFolder;
import io.touchstone.ledger.LedgerScores;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.KnownVotes;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ScoreIdentity;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Where a job looks for known scores. */
public sealed interface LedgerChoice extends Serializable {

  /** Nowhere. */
  record None() implements LedgerChoice {}

  /** In a ledger's folder. */
  record Folder(String path) implements LedgerChoice {}

  /**
   * @param folder as users name it; empty for none
   */
  static LedgerChoice of(Optional<String> folder) {
    return folder.<LedgerChoice>map(Folder::new).orElseGet(None::new);
  }

  /** The same, begun; named from the root, because an executor has a working folder of its own. */
  default LedgerChoice begun(Configuration hadoop) throws IOException {
    if (!(this instanceof Folder named)) {
      return this;
    }
    LedgerFolder folder = LedgerFolder.of(named.path, hadoop);
    folder.begin();
    return new Folder(folder.toString());
  }

  /**
   * @param confirm as in {@link LedgerScores#open}
   */
  default KnownScores open(ModelDescription model, Runnable confirm, Configuration hadoop)
      throws IOException {
    if (!(this instanceof Folder named)) {
      return KnownScores.NONE;
    }
    KnownScores scores =
        LedgerScores.open(LedgerFolder.of(named.path, hadoop), ScoreIdentity.of(model), confirm);
    return model.isJudged() ? new KnownVotes(scores) : scores;
  }
}
