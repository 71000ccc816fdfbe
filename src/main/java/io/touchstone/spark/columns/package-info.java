/**
 * Rows as Parquet columns: records to JSON rows and JSON rows to records. Imports no other room.
 */
@NullMarked
package io.touchstone.spark.columns;

import org.jspecify.annotations.NullMarked;
