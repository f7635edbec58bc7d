/**
 * The node's face to users: JSON-RPC 2.0 and a few pages for operators, over HTTP/1.1, on one port.
 *
 * <pre>
 * socket ─▶ Netty loop: framing, limits, Host and Origin ─▶ virtual thread: route, decode, handler
 *        ◀─ Netty loop: answers in the order of requests ◀─
 * </pre>
 *
 * <p>Everything behind a method is an interface of this package ({@link
 * io.computronium.node.rpc.ChainReads}, {@link io.computronium.node.rpc.NodeReads}, {@link
 * io.computronium.node.rpc.TransactionIntake}), whose answers are immutable. So a handler may take
 * its time and block; it delays nobody but its caller.
 *
 * <p>A method is a value, {@link io.computronium.node.rpc.RpcMethod}: name, parameters, result,
 * cost and handler together. The methods of a namespace are in one class, and all of them in one
 * list, {@link io.computronium.node.rpc.RpcMethods}.
 *
 * <p>Conventions of the JSON: u64 are decimal strings; hashes and bytes lower-case hex without
 * prefix; addresses c32check; counts, indexes and rounds are numbers. Parameters go by name, and
 * one that a method does not have is an error that names it.
 */
@NullMarked
package io.computronium.node.rpc;

import org.jspecify.annotations.NullMarked;
