/** Reports as pages that open from disk; imports selection.report. */
@NullMarked
package io.touchstone.selection.report.page;

import org.jspecify.annotations.NullMarked;
