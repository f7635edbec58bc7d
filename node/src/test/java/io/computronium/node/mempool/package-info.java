/** Tests of the pool, alone and against a model that computes everything anew each time. */
@NullMarked
package io.computronium.node.mempool;

import org.jspecify.annotations.NullMarked;
