/**
 * One replica of a model a process and place, tried once before the job; imports conversation,
 * problem, scoring and scoring.pipeline.
 */
@NullMarked
package io.touchstone.spark.replica;

import org.jspecify.annotations.NullMarked;
