/** What the user reads: help, progress, summaries; imports cli.call and cli.settings. */
@NullMarked
package io.touchstone.cli.text;

import org.jspecify.annotations.NullMarked;
