package io.computronium.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

final class RecentlyUsedTest {

    /** Strings weigh their length; a generation holds 10. */
    private final RecentlyUsed<Integer, String> cache = new RecentlyUsed<>(20, String::length);

    @Test
    void whatIsUsedStaysAndWhatIsNotGoes() {
        cache.put(0, "aaa");
        for (int i = 1; i < 100; i++) {
            cache.put(i, "bbb");
            assertEquals("aaa", cache.get(0), "after " + i);
        }
        assertNull(cache.get(1));
        assertNull(cache.get(80));
        assertEquals("bbb", cache.get(99));
    }

    @Test
    void neverHoldsMoreThanItsLimitAndTheLastValue() {
        int held = 0;
        for (int i = 0; i < 100; i++) {
            cache.put(i, "bbb");
        }
        for (int i = 0; i < 100; i++) {
            // Looking is using: what is looked at first may push out the rest.
            held += cache.get(i) == null ? 0 : 3;
        }
        assertEquals(true, held > 0 && held <= 23, "held " + held);
    }

    @Test
    void newValueTakesThePlaceOfTheOldOne() {
        for (int i = 0; i < 50; i++) {
            cache.put(1, "a");
            cache.put(2, "bbbb");
            cache.put(1, "cccc");
            assertEquals("cccc", cache.get(1));
            assertEquals("bbbb", cache.get(2));
        }
    }

    @Test
    void removedValueIsGoneAndWeighsNothing() {
        cache.put(0, "aaa");
        for (int i = 1; i < 100; i++) {
            cache.put(i, "bbbb");
            cache.remove(i);
            assertNull(cache.get(i));
        }
        assertEquals("aaa", cache.get(0));
    }
}
