/**
 * What an annotate job is asked, decides and gives back; imports jobs, files, ledger, scoring and
 * what these stand on.
 */
@NullMarked
package io.touchstone.jobs.annotate;

import org.jspecify.annotations.NullMarked;
