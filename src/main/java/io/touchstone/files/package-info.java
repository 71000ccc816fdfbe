/**
 * Files on any Hadoop path: clients, credentials, kinds, compressions, small JSON records; imports
 * problem and conversation.line.
 */
@NullMarked
package io.touchstone.files;

import org.jspecify.annotations.NullMarked;
