package io.touchstone.cli.job;

import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.scoring.ScorerFactory;

/**
 * A model, and how rows are read for it and written with its scores, wherever they come from.
 *
 * @param config of a job without inputs and output
 */
public record RowScoring(AnnotateConfig config, ScorerFactory scorers) {}
