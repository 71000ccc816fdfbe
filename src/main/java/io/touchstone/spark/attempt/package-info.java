/**
 * One run of a job that commits pieces, and one try at one of them, whatever is done with its
 * lines; imports conversation.line, files.commit, files.read, jobs, problem, progress, reward and
 * spark.progress.
 */
@NullMarked
package io.touchstone.spark.attempt;

import org.jspecify.annotations.NullMarked;
