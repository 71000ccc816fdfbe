/**
 * Maps from scores to labels, fitted and kept in files; imports jobs, jobs.annotate, files and
 * selection.
 */
@NullMarked
package io.touchstone.jobs.calibrate;

import org.jspecify.annotations.NullMarked;
