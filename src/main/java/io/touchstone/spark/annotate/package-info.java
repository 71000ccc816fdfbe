/**
 * The annotate job on Spark; imports conversation.format, conversation.line, files.commit,
 * files.read, jobs, jobs.annotate, problem, progress, reward, scoring, scoring.pipeline,
 * spark.attempt, spark.progress, spark.replica and spark.watch.
 */
@NullMarked
package io.touchstone.spark.annotate;

import org.jspecify.annotations.NullMarked;
