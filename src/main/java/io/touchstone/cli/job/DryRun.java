package io.touchstone.cli.job;

import io.touchstone.cli.settings.DeviceModel;
import io.touchstone.cli.text.DryRunText;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.survey.InputSurvey;
import io.touchstone.jobs.survey.SurveyReport;
import io.touchstone.progress.JobProgress;
import io.touchstone.scoring.LoadCost;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** Says what a job would meet, from its rows and from some layers of its model. */
record DryRun(AnnotatePlan plan, ScorerFactory scorers, Configuration hadoop) {

  DryRunText run(
      InputSurvey.Extent extent, Optional<DeviceModel> device, Consumer<JobProgress> progress) {
    try (Scorer scorer = scorers.open()) {
      SurveyReport survey = new InputSurvey(plan, hadoop, scorer).run(extent, progress);
      Optional<LoadCost> cost = scorer.measure(survey.examples());
      return new DryRunText(
          survey, scorers.model(), scorers.memory(), cost, scorers.work(), device);
    }
  }
}
