/**
 * Rows as the columns of Parquet files, read and written; imports nothing of ours but
 * conversation.line.
 */
@NullMarked
package io.touchstone.files.columns;

import org.jspecify.annotations.NullMarked;
