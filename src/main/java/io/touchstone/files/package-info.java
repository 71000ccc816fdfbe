/**
 * Files on any Hadoop path: clients, credentials, kinds, compressions, small JSON records; imports
 * conversation.line and problem.
 */
@NullMarked
package io.touchstone.files;

import org.jspecify.annotations.NullMarked;
