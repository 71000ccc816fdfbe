/**
 * Live numbers of running tasks, as accumulators and as metrics; imports conversation.line, files,
 * files.read, progress and scoring.pipeline.
 */
@NullMarked
package io.touchstone.spark.progress;

import org.jspecify.annotations.NullMarked;
