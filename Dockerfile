# One image for the three services; the first argument says which: rates, converter or balancer.
# Written where no Docker engine was at hand: what it starts was run by hand in namespaces with the same limits (own
# network, read-only root, no capabilities, this user), the image itself was not built there.
FROM eclipse-temurin:17-jdk-jammy AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -DskipTests -pl rates-service,converter-service,balancer-service -am package

FROM eclipse-temurin:17-jre-jammy
LABEL org.opencontainers.image.title="Ratemesh" \
      org.opencontainers.image.description="A real-time currency converter that runs as a cluster of small JVMs" \
      org.opencontainers.image.licenses="Apache-2.0"

# A number for the user, so that Kubernetes can see that it is not root. The folder is made here with its owner, which a
# new volume takes over.
RUN groupadd --system --gid 10001 ratemesh \
 && useradd --system --uid 10001 --gid ratemesh --home-dir /var/lib/ratemesh --no-create-home --shell /usr/sbin/nologin ratemesh \
 && install -d -o ratemesh -g ratemesh -m 0700 /var/lib/ratemesh

COPY --from=build --chmod=0644 /src/rates-service/target/rates-service.jar \
     /src/converter-service/target/converter-service.jar \
     /src/balancer-service/target/balancer-service.jar /opt/ratemesh/
COPY --chmod=0755 deploy/docker/entrypoint deploy/docker/healthy /opt/ratemesh/

# Every node listens on the container's own address, and on one port that the health check can know.
ENV RATEMESH_HOME=/var/lib/ratemesh \
    RATEMESH_CLUSTER_NAME=ratemesh \
    RATEMESH_CLUSTER_BIND=auto \
    RATEMESH_RATES_PORT=8080 \
    RATEMESH_CONVERTER_PORT=8080 \
    RATEMESH_BALANCER_HTTP_PORT=8080 \
    RATEMESH_BALANCER_STATS_BIND=0.0.0.0 \
    RATEMESH_JAVA_OPTS="" \
    MALLOC_ARENA_MAX=2

USER 10001:10001
WORKDIR /var/lib/ratemesh
EXPOSE 8080 8404 5701
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 CMD ["/opt/ratemesh/healthy"]
ENTRYPOINT ["/opt/ratemesh/entrypoint"]
CMD ["converter"]
