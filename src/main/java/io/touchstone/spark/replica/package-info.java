/** One scorer a process and place, tried once before the job; imports problem and scoring. */
@NullMarked
package io.touchstone.spark.replica;

import org.jspecify.annotations.NullMarked;
