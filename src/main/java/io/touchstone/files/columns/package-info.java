/**
 * Rows as the columns of Parquet files, read and written; imports conversation.line and problem.
 */
@NullMarked
package io.touchstone.files.columns;

import org.jspecify.annotations.NullMarked;
