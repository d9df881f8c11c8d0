package io.ratemesh.node.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.nio.MemberSocketInterceptor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.ClusterSettings;
import java.util.Optional;
import java.util.UUID;

/**
 * A cluster manager of Vert.x on a Hazelcast member that authenticates its connections. Hazelcast's open-source edition has the point
 * where a connection can be intercepted, but its configuration reaches that in the Enterprise edition only; here an extension of the
 * member fills it. The classes are internal ones of Hazelcast: an update must pass ClusterSecretTest.
 */
public final class AuthenticatedMember extends HazelcastClustering {

    /** Where Vert.x looks for its id of a member that it has not started itself. */
    private static final String NODE_ID_ATTRIBUTE = "__vertx.nodeId";

    private AuthenticatedMember(HazelcastInstance member) {
        super(member);
    }

    /**
     * The cluster manager of a node. With a cluster secret it is one of this class, and this call blocks until its member has joined.
     *
     * @throws io.ratemesh.node.settings.SettingsException if the secret cannot be used
     */
    public static HazelcastClustering clusterManager(
            ClusterSettings settings, String address, NodeRole role, MeterRegistry meters) {
        Optional<ClusterSecret> secret = ClusterSecret.read(settings);
        Config config = HazelcastSetup.configure(settings, address, role);
        if (secret.isEmpty()) {
            return new HazelcastClustering(config);
        }
        MemberAuthentication authentication = new MemberAuthentication(secret.get());
        FunctionCounter.builder("ratemesh.cluster.members.rejected", authentication, MemberAuthentication::rejected)
                .register(meters);
        return start(config, authentication);
    }

    private static AuthenticatedMember start(Config config, MemberAuthentication authentication) {
        config.getMemberAttributeConfig()
                .setAttribute(NODE_ID_ATTRIBUTE, UUID.randomUUID().toString());
        config.getNetworkConfig().setSocketInterceptorConfig(new SocketInterceptorConfig().setEnabled(true));
        return new AuthenticatedMember(HazelcastInstanceFactory.newHazelcastInstance(
                config, config.getInstanceName(), new AuthenticatingContext(authentication)));
    }

    private static final class AuthenticatingContext extends DefaultNodeContext {

        private final MemberAuthentication authentication;

        private AuthenticatingContext(MemberAuthentication authentication) {
            this.authentication = authentication;
        }

        @Override
        public NodeExtension createNodeExtension(Node node) {
            return new DefaultNodeExtension(node) {
                @Override
                public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier every) {
                    return authentication;
                }
            };
        }
    }
}
