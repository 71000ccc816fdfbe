/**
 * What an attempt is about to do, for whoever comes after its death; imports spark.progress, files
 * and scoring.
 */
@NullMarked
package io.touchstone.spark.watch;

import org.jspecify.annotations.NullMarked;
