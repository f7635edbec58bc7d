package io.computronium.cli.command;

import io.computronium.cli.shell.Outcome;

/** A command that does something, with its options already parsed into its fields. */
interface Verb {

    /**
     * Does it.
     *
     * @throws io.computronium.cli.shell.Failure if it cannot
     */
    Outcome run(Context context);
}
