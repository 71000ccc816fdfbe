/**
 * The jobs on Spark: planning, reading, one replica per executor, committing, progress; imports
 * conversation, reward, selection and scoring.
 */
@NullMarked
package io.touchstone.spark;

import org.jspecify.annotations.NullMarked;
