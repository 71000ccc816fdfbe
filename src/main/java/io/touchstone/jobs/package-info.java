/** What the results of all jobs have in common; imports files. No Spark here or below. */
@NullMarked
package io.touchstone.jobs;

import org.jspecify.annotations.NullMarked;
