/** What users do, with the packaged command, real processes and real kills. */
@NullMarked
package io.computronium.cli.e2e;

import org.jspecify.annotations.NullMarked;
