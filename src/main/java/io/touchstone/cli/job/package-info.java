/**
 * One command a job: from settings to the job and its exit status; imports checkpoint, cli.call,
 * cli.settings, cli.text, conversation.format, engine, files, files.commit, files.read, generation,
 * generation.endpoint, generation.prompt, generation.recipe, generation.sampling, jobs,
 * jobs.annotate, jobs.calibrate, jobs.choose, jobs.evaluate, jobs.generate, jobs.report,
 * jobs.survey, ledger, problem, progress, reward, scoring, selection, selection.benchmark,
 * selection.calibration, selection.formula, selection.report, spark.annotate, spark.choose,
 * spark.generate and spark.watch.
 */
@NullMarked
package io.touchstone.cli.job;

import org.jspecify.annotations.NullMarked;
