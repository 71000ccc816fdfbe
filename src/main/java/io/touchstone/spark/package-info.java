/**
 * The jobs on Spark: planning, reading, one replica per executor, committing, progress; imports
 * conversation, reward, selection, scoring and ledger.
 */
@NullMarked
package io.touchstone.spark;

import org.jspecify.annotations.NullMarked;
