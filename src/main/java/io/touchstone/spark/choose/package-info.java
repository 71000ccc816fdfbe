/**
 * The select and filter jobs on Spark, and the global order of all rows; imports jobs, files,
 * selection and the other rooms of spark.
 */
@NullMarked
package io.touchstone.spark.choose;

import org.jspecify.annotations.NullMarked;
