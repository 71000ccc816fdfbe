/**
 * The annotate job on Spark; imports jobs, files, ledger, scoring and the rooms of spark but
 * choose.
 */
@NullMarked
package io.touchstone.spark.annotate;

import org.jspecify.annotations.NullMarked;
