package io.computronium.primitives.tx;

/**
 * Why a transaction is refused before it runs. A block that holds such a transaction is invalid.
 * The codes are stable: interfaces and logs name them.
 */
public enum TransactionFault {
    MALFORMED("malformed"),
    UNSUPPORTED_VERSION("unsupported_version"),
    WRONG_CHAIN("wrong_chain"),
    /** A deployment, a condition on non-fungible tokens: formats that no rule set runs yet. */
    NOT_YET_ACTIVE("not_yet_active"),
    BAD_KEY("bad_key"),
    BAD_SIGNATURE("bad_signature"),
    /** The credential's key or key set is not one of the account's. */
    WRONG_KEY("wrong_key"),
    /** The session is not valid yet or any more, or was revoked. */
    SESSION_INACTIVE("session_inactive"),
    /** The gas limit could cost more than the session may spend. */
    SESSION_CAP("session_cap"),
    /** The owner or the guardian stopped all sessions of the account. */
    ACCOUNT_PAUSED("account_paused"),
    /** The weights that signed do not reach the threshold. */
    THRESHOLD_NOT_REACHED("threshold_not_reached"),
    /** The lane is reserved for the owner's own key. */
    LANE_RESERVED("lane_reserved"),
    SEQUENCE_USED("sequence_used"),
    /** Beyond the next sequence of lane 0 or beyond the window of another lane. */
    SEQUENCE_AHEAD("sequence_ahead"),
    EXPIRED("expired"),
    /** {@code validUntil} is further ahead than the chain allows. */
    EXPIRY_TOO_FAR("expiry_too_far"),
    GAS_LIMIT_TOO_LOW("gas_limit_too_low"),
    GAS_LIMIT_TOO_HIGH("gas_limit_too_high"),
    /** {@code maxFeePerKilogas} is under the base fee. */
    FEE_TOO_LOW("fee_too_low"),
    /** The payer's balance does not cover the gas limit at the price offered. */
    INSUFFICIENT_FEE_BALANCE("insufficient_fee_balance");

    private final String code;

    TransactionFault(String code) {
        this.code = code;
    }

    /** The stable name for interfaces. */
    public String code() {
        return code;
    }
}
