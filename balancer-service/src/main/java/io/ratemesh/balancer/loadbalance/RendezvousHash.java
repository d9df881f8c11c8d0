package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The same server for the same hash: each server has a score computed from the hash and its name, and the highest is selected.
 * Adding or removing a server moves only its own part; a server of twice the weight is selected twice as often.
 *
 * <p>By URI the load is bounded: a server with more than 1.25 times its share is skipped, so that a popular target is spread over
 * several.
 *
 * <p>Sources: Thaler and Ravishankar 1998; weights as in Schindelhauer and Schomaker 2005; the bound as in Mirrokni, Thorup
 * and Zadimoghaddam 2018.
 */
final class RendezvousHash implements LoadBalancingPolicy {

    private static final double BOUND = 1.25;

    private final ToIntFunction<SelectionContext> hash;
    private final boolean bounded;

    private RendezvousHash(ToIntFunction<SelectionContext> hash, boolean bounded) {
        this.hash = hash;
        this.bounded = bounded;
    }

    static RendezvousHash bySource() {
        return new RendezvousHash(SelectionContext::sourceHash, false);
    }

    static RendezvousHash byUri() {
        return new RendezvousHash(SelectionContext::uriHash, true);
    }

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext context) {
        long load = 0;
        long weight = 0;
        for (UpstreamOnLoop server : servers) {
            server.setCandidate(server.updateLoad() && !context.hasTried(server));
            if (server.isCandidate()) {
                load += server.load();
                weight += server.weight();
            }
        }
        int key = hash.applyAsInt(context);
        double bound = BOUND * (load + UpstreamOnLoop.LOAD_PER_REQUEST) / Math.max(1, weight);
        @Nullable UpstreamOnLoop best = null;
        double highest = 0;
        for (UpstreamOnLoop server : servers) {
            // One request is always allowed: the bound is rounded up to whole ones.
            if (server.isCandidate() && !(bounded && server.load() >= ceiling(bound * server.weight()))) {
                double score = score(key, server);
                if (best == null || score > highest) {
                    best = server;
                    highest = score;
                }
            }
        }
        return best;
    }

    private static double ceiling(double load) {
        return Math.ceil(load / UpstreamOnLoop.LOAD_PER_REQUEST) * UpstreamOnLoop.LOAD_PER_REQUEST;
    }

    private static double score(int key, UpstreamOnLoop server) {
        double uniform = ((mix(key + server.nameHash()) >>> 11) + 0.5) * 0x1p-53;
        return -server.weight() / Math.log(uniform);
    }

    /** The finisher of SplitMix64 (Steele, Lea, Flood 2014): each bit of the input changes half of the output's. */
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
