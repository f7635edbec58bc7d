package io.computronium.primitives;

/**
 * Which chain: the prefix of everything that is signed, so that nothing can be replayed elsewhere.
 *
 * @param chainId 1 to 32 characters of a-z, 0-9 and '-'
 * @param genesisHash hash of the genesis document's canonical bytes
 */
public record ChainIdentity(String chainId, Hash genesisHash) {

    public static final int MAX_CHAIN_ID_LENGTH = 32;

    public ChainIdentity {
        if (!isChainId(chainId)) {
            throw new IllegalArgumentException(
                    "chain id must be 1 to 32 characters of a-z, 0-9, '-': " + chainId);
        }
    }

    public static boolean isChainId(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_CHAIN_ID_LENGTH
                && text.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || isDigit(c));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
