@NullMarked
package io.computronium.node.sync;

import org.jspecify.annotations.NullMarked;
