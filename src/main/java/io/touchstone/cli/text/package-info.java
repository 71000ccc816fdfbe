/**
 * What the user reads of a job: progress, summaries; imports cli.call, cli.settings,
 * conversation.format, conversation.line, generation, generation.recipe, jobs, jobs.annotate,
 * jobs.calibrate, jobs.choose, jobs.evaluate, jobs.generate, jobs.report, jobs.survey, ledger,
 * progress, reward, scoring, scoring.pipeline, selection.benchmark, selection.calibration and
 * selection.report.
 */
@NullMarked
package io.touchstone.cli.text;

import org.jspecify.annotations.NullMarked;
