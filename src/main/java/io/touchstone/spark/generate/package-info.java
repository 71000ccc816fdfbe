/**
 * The generate job on Spark; imports conversation, conversation.format, conversation.line, digest,
 * files, files.commit, files.read, generation, jobs, jobs.annotate, jobs.generate, problem,
 * progress, reward, scoring, scoring.pipeline, spark.attempt, spark.progress, spark.replica and
 * spark.watch.
 */
@NullMarked
package io.touchstone.spark.generate;

import org.jspecify.annotations.NullMarked;
