/** Tests of what drives the consensus core: its log, its signer, its clock and its peers. */
@NullMarked
package io.computronium.node.driver;

import org.jspecify.annotations.NullMarked;
