/**
 * What a command gets from the outside and what it gives back.
 *
 * <p>A command gets a {@link io.computronium.cli.shell.Shell}: streams, environment variables, a
 * way to ask for a password. It never touches {@code System}, so that it runs in a test without a
 * process. It gives an {@link io.computronium.cli.shell.Outcome} or throws a {@link
 * io.computronium.cli.shell.Failure}; {@link io.computronium.cli.shell.Frame} turns either into
 * text for people or into the one JSON object that {@code --json} promises on standard output.
 * Diagnostics go to standard error.
 */
@NullMarked
package io.computronium.cli.shell;

import org.jspecify.annotations.NullMarked;
