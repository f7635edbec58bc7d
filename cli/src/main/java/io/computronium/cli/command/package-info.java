/**
 * The words of {@code cptm}: one file a noun, one nested class a verb.
 *
 * <p>{@link io.computronium.cli.command.CommandTree} is the root and the only place that knows how
 * commands are parsed, run and reported. A verb is a class whose fields picocli fills from the
 * command line; {@code Verb.run} does the work and returns what to show, or throws a {@link
 * io.computronium.cli.shell.Failure}. Options that several verbs share are mixins.
 */
@NullMarked
package io.computronium.cli.command;

import org.jspecify.annotations.NullMarked;
