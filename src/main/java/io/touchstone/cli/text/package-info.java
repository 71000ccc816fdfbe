/** What the user reads of a job: progress, summaries; imports cli.call and cli.settings. */
@NullMarked
package io.touchstone.cli.text;

import org.jspecify.annotations.NullMarked;
