@NullMarked
package io.computronium.node.network;

import org.jspecify.annotations.NullMarked;
