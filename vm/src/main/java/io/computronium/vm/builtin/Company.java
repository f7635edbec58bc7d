package io.computronium.vm.builtin;

import io.computronium.primitives.Principal;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.Optional;

/**
 * Who a company is and what it has earned.
 *
 * @param payTo who gets what is paid, unless there is a vault
 * @param vault that gets what is paid; for ever, since holders rely on it
 * @param users how many have paid
 * @param resources how many there are; ids count from 1, as do those of invoices and meters
 * @param revenue all that was paid, in grains
 */
record Company(
        Principal owner,
        Principal payTo,
        Optional<Principal> vault,
        long users,
        long resources,
        long invoices,
        long meters,
        long revenue) {

    static final RecordShape<Company> SHAPE =
            RecordShape.of(
                    in ->
                            new Company(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next()),
                    RecordShape.field("owner", Shape.PRINCIPAL, Company::owner),
                    RecordShape.field("pay-to", Shape.PRINCIPAL, Company::payTo),
                    RecordShape.field("vault", Shape.optional(Shape.PRINCIPAL), Company::vault),
                    RecordShape.field("users", Shape.UINT, Company::users),
                    RecordShape.field("resources", Shape.UINT, Company::resources),
                    RecordShape.field("invoices", Shape.UINT, Company::invoices),
                    RecordShape.field("meters", Shape.UINT, Company::meters),
                    RecordShape.field("revenue", Shape.UINT, Company::revenue));

    static Company of(Principal owner, Optional<Principal> vault) {
        return new Company(owner, owner, vault, 0, 0, 0, 0, 0);
    }

    Company payTo(Principal next) {
        return new Company(owner, next, vault, users, resources, invoices, meters, revenue);
    }

    Company addResource() {
        return new Company(owner, payTo, vault, users, resources + 1, invoices, meters, revenue);
    }

    Company addInvoice() {
        return new Company(owner, payTo, vault, users, resources, invoices + 1, meters, revenue);
    }

    Company addMeter() {
        return new Company(owner, payTo, vault, users, resources, invoices, meters + 1, revenue);
    }

    Company addUser() {
        return new Company(owner, payTo, vault, users + 1, resources, invoices, meters, revenue);
    }

    Company earn(long amount) {
        return new Company(
                owner,
                payTo,
                vault,
                users,
                resources,
                invoices,
                meters,
                Math.addExact(revenue, amount));
    }

    /**
     * A customer.
     *
     * @param index counted from 1, in the order of first payments
     * @param spent in grains
     * @param used units of all resources together
     */
    record User(long index, long spent, long used) {
        static final RecordShape<User> SHAPE =
                RecordShape.of(
                        in -> new User(in.next(), in.next(), in.next()),
                        RecordShape.field("index", Shape.UINT, User::index),
                        RecordShape.field("spent", Shape.UINT, User::spent),
                        RecordShape.field("used", Shape.UINT, User::used));

        User buy(long quantity, long amount) {
            return new User(index, Math.addExact(spent, amount), Math.addExact(used, quantity));
        }
    }

    /** A user's latest invoice for a resource is found by these. */
    record Purchase(long resource, Principal user) {
        static final RecordShape<Purchase> SHAPE =
                RecordShape.of(
                        in -> new Purchase(in.next(), in.next()),
                        RecordShape.field("resource", Shape.UINT, Purchase::resource),
                        RecordShape.field("user", Shape.PRINCIPAL, Purchase::user));
    }
}
