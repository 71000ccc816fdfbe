/**
 * The select and filter jobs on Spark, and the global order of all rows; imports
 * conversation.format, conversation.line, files, files.commit, files.read, files.scan, jobs,
 * jobs.annotate, jobs.choose, problem, progress, reward, scoring, selection, spark.annotate,
 * spark.attempt and spark.progress.
 */
@NullMarked
package io.touchstone.spark.choose;

import org.jspecify.annotations.NullMarked;
