package io.computronium.consensus.simulation;

import java.util.BitSet;

/** Who hears whom, and when. */
final class Network {

    private static final int DELAY_MILLIS = 40;

    private final World world;

    /** Who is on the one side of a partition; empty: there is none. */
    private final BitSet side = new BitSet();

    /** Links that carry nothing: from * nodes + to. */
    private final BitSet dead = new BitSet();

    private final BitSet clogged = new BitSet();
    private Filter filter = (from, to, message) -> true;

    /** Decides what is delivered at all. */
    @FunctionalInterface
    interface Filter {
        boolean passes(Validator from, Validator to, Message message);
    }

    Network(World world) {
        this.world = world;
    }

    void setFilter(Filter filter) {
        this.filter = filter;
    }

    /** Once a second: other links are bad. */
    void shuffle() {
        side.clear();
        dead.clear();
        clogged.clear();
        int size = world.validators.size();
        if (world.strikes(Fault.PARTITION, 250_000)) {
            for (int i = 0; i < size; i++) {
                side.set(i, world.random.nextBoolean());
            }
        }
        if (world.strikes(Fault.ONE_WAY, 250_000)) {
            int one = world.random.nextInt(size);
            boolean hears = world.random.nextBoolean();
            for (int other = 0; other < size; other++) {
                if (other != one && world.random.nextInt(4) > 0) {
                    dead.set(hears ? one * size + other : other * size + one);
                }
            }
        }
        for (int link = 0; link < size * size; link++) {
            if (world.strikes(Fault.CLOG, 50_000)) {
                clogged.set(link);
            }
        }
    }

    void send(Validator from, Validator to, Message message) {
        if (!filter.passes(from, to, message)) {
            return;
        }
        int link = from.node() * world.validators.size() + to.node();
        if (side.get(from.node()) != side.get(to.node()) || dead.get(link)) {
            world.count();
            return;
        }
        if (world.strikes(Fault.LOSS, 250_000)) {
            return;
        }
        long delay = 1L + world.random.nextInt(DELAY_MILLIS);
        if (clogged.get(link)) {
            world.count();
            delay += 2_000;
        }
        if (world.strikes(Fault.DELAY, 300_000)) {
            delay += world.random.nextInt(1_000);
        }
        deliver(from, to, message, delay);
        if (world.strikes(Fault.DUPLICATE, 200_000)) {
            deliver(from, to, message, delay + world.random.nextInt(500));
        }
    }

    private void deliver(Validator from, Validator to, Message message, long delay) {
        world.after(delay, () -> to.receive(from, message));
    }
}
