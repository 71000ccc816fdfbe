/** A report on the scores of a finished annotate job; imports jobs, files and selection. */
@NullMarked
package io.touchstone.jobs.report;

import org.jspecify.annotations.NullMarked;
