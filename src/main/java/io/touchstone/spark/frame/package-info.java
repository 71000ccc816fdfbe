/**
 * Rows of a Dataset with their rewards, for programs that have a session of Spark SQL; no job
 * imports it. Imports cli.call, cli.job, cli.settings, cli.text, conversation.format,
 * conversation.line, digest, files.columns, files.read, jobs.annotate, problem, reward, scoring,
 * scoring.pipeline, spark.annotate and spark.replica.
 */
@NullMarked
package io.touchstone.spark.frame;

import org.jspecify.annotations.NullMarked;
