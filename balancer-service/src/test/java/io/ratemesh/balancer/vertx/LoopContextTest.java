package io.ratemesh.balancer.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopContextTest {

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Context> deployed = new CompletableFuture<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_task_of_the_event_loop_is_in_the_context_only_while_it_is_dispatched() throws Exception {
        LoopContext context = LoopContext.of(context());
        CompletableFuture<@Nullable Context> before = new CompletableFuture<>();
        CompletableFuture<@Nullable Context> dispatched = new CompletableFuture<>();
        CompletableFuture<@Nullable Context> after = new CompletableFuture<>();

        context.eventLoop().execute(() -> {
            before.complete(Vertx.currentContext());
            Context previous = context.beginDispatch();
            dispatched.complete(Vertx.currentContext());
            context.endDispatch(previous);
            after.complete(Vertx.currentContext());
        });

        assertThat(before.get(10, TimeUnit.SECONDS)).isNull();
        assertThat(dispatched.get(10, TimeUnit.SECONDS)).isSameAs(context());
        assertThat(after.get(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void handlers_of_its_futures_run_on_its_loop() throws Exception {
        LoopContext context = LoopContext.of(context());
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

        context.succeededFuture("x")
                .onSuccess(ignored -> onLoop.complete(context.eventLoop().inEventLoop()));

        assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private Context context() throws Exception {
        if (!deployed.isDone()) {
            vertx.deployVerticle(new VerticleBase() {
                @Override
                public Future<?> start() {
                    deployed.complete(context);
                    return Future.succeededFuture();
                }
            });
        }
        return deployed.get(10, TimeUnit.SECONDS);
    }
}
