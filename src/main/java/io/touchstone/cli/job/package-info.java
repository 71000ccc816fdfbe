/**
 * One command a job: from settings to the job and its exit status; imports the other rooms of cli
 * but the program.
 */
@NullMarked
package io.touchstone.cli.job;

import org.jspecify.annotations.NullMarked;
