package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.AccountState;
import io.computronium.vm.builtin.Account;
import io.computronium.vm.builtin.Account.SessionKey;
import io.computronium.vm.builtin.Authority;
import io.computronium.vm.builtin.Session;
import io.computronium.vm.builtin.Spending;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Shape;
import java.util.Optional;
import java.util.function.Function;

/** What the rules of inclusion ask of accounts. A pool answers with them as they will be. */
public interface AccountView {

    /** {@link AccountState#EMPTY} if there is none. */
    AccountState account(Principal principal);

    /** A record of the state, as it is. */
    <V> Optional<V> record(Bytes key, Shape<V> shape);

    /** A view whose records are those of {@code state}. */
    static AccountView over(StateReader state, Function<Principal, AccountState> accounts) {
        return new AccountView() {
            @Override
            public AccountState account(Principal principal) {
                return accounts.apply(principal);
            }

            @Override
            public <V> Optional<V> record(Bytes key, Shape<V> shape) {
                return state.get(key).map(shape::decode);
            }
        };
    }

    /** Who may act for an account; of one that is managed. */
    default Optional<Authority> authority(Rules rules, Principal account) {
        return record(rules, Account.AUTHORITIES, account);
    }

    default Optional<Session> session(Rules rules, SessionKey key) {
        return record(rules, Account.SESSIONS, key);
    }

    default Optional<Spending> spending(Rules rules, SessionKey key) {
        return record(rules, Account.SPENDING, key);
    }

    private <K, V> Optional<V> record(Rules rules, MapSlot<K, V> map, K key) {
        return record(SessionMandate.key(rules, map, key), map.value());
    }
}
