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

/** The form of HAProxy's statistics page: one pool, one action, any number of its servers. */
final class ServerForm {

    /** The outcome, as HAProxy has it after {@code ;st=}. */
    enum Outcome {
        /** All servers were changed. */
        DONE,
        /** No server was named. */
        NONE,
        /** Some servers are unknown. */
        PART,
        /** The pool, the action or all servers are unknown. */
        ERRP,
        /** The form is too large. */
        EXCD,
        /** The user may not change anything, or another site sent the form. */
        DENY,
        /** The form is invalid. */
        UNKN
    }

    private ServerForm() {}

    /** Applies the action, and passes each changed server to {@code changed}. */
    static Outcome apply(MultiMap form, Stats stats, BiConsumer<Upstream, ServerCommand> changed) {
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
        ServerCommand command = new ServerCommand(state, OptionalInt.empty());
        int found = 0;
        for (String each : servers) {
            Optional<Upstream> server = pool.get().find(each);
            if (server.isPresent()) {
                command.apply(server.get());
                changed.accept(server.get(), command);
                found++;
            }
        }
        if (servers.isEmpty()) {
            return Outcome.NONE;
        }
        return found == servers.size() ? Outcome.DONE : found == 0 ? Outcome.ERRP : Outcome.PART;
    }
}
