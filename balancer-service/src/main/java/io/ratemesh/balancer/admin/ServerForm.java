package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.Upstream;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** What a form of HAProxy's statistics page asks for: one pool, one action, any number of its servers. */
final class ServerForm {

    /** How it went, in HAProxy's words, which its page shows after {@code ;st=}. */
    enum Outcome {
        /** All was done. */
        DONE,
        /** No server was named. */
        NONE,
        /** Some servers are not there. */
        PART,
        /** The pool, the action or all of the servers are not there. */
        ERRP,
        /** More was asked for than is read. */
        EXCD,
        /** The user may not, or another site asked. */
        DENY,
        /** It is no such form. */
        UNKN
    }

    private ServerForm() {}

    /** Does it, and tells {@code done} of each server. */
    static Outcome apply(MultiMap form, Stats stats, BiConsumer<Upstream, ServerCommand> done) {
        String name = form.get("b");
        String action = form.get("action");
        List<String> servers = form.getAll("s");
        if (name == null && action == null) {
            return Outcome.UNKN;
        }
        Optional<Pool> pool = Optional.ofNullable(name).flatMap(stats::pool);
        Optional<AdminState> state = Optional.ofNullable(action).flatMap(ServerCommand::state);
        if (pool.isEmpty() || state.isEmpty()) {
            return Outcome.ERRP;
        }
        ServerCommand order = new ServerCommand(state, OptionalInt.empty());
        int found = 0;
        for (String each : servers) {
            Optional<Upstream> server = pool.get().find(each);
            if (server.isPresent()) {
                order.apply(server.get());
                done.accept(server.get(), order);
                found++;
            }
        }
        if (servers.isEmpty()) {
            return Outcome.NONE;
        }
        return found == servers.size() ? Outcome.DONE : found == 0 ? Outcome.ERRP : Outcome.PART;
    }
}
