package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * The result of a method.
 *
 * @param description its shape, for people
 */
record ResultCodec<R>(String description, Function<R, JsonNode> write) {}
