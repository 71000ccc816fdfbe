/**
 * Live numbers of running tasks, as accumulators and as metrics; imports progress, files and
 * scoring.
 */
@NullMarked
package io.touchstone.spark.progress;

import org.jspecify.annotations.NullMarked;
