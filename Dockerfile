# One image for the three services; the first argument says which: rates, converter or balancer.
# Each layer changes less often than the next: the Java, the libraries, our jars with their archives, the scripts.
FROM eclipse-temurin:17-jdk-jammy AS build
WORKDIR /src
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY launcher/pom.xml launcher/
COPY benchmarks/pom.xml benchmarks/
COPY system-tests/pom.xml system-tests/
COPY rates-model rates-model
COPY cluster-node cluster-node
COPY static static
COPY rates-service rates-service
COPY converter-service converter-service
COPY balancer-service balancer-service
# Thin jars with a class path to lib/, which the services share.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -Pquick -Dshade.skip=true \
      -pl rates-service,converter-service,balancer-service -am \
      package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/libraries \
 && mkdir -p /out/ratemesh/lib \
 && mv /out/libraries/rates-model-*.jar /out/libraries/cluster-node-*.jar /out/libraries/ratemesh-static-*.jar /out/ratemesh/lib/ \
 && cp */target/*-service.jar /out/ratemesh/

FROM eclipse-temurin:17-jre-jammy AS runtime
COPY --from=build --chmod=0644 /out/libraries/ /opt/ratemesh/lib/
COPY --from=build /out/ratemesh/ /opt/ratemesh/

# The archives of loaded classes are made by the Java that will read them, from the jars as they lie in the image.
FROM runtime AS archives
COPY --chmod=0755 deploy/docker/archive /usr/local/bin/archive
RUN /usr/local/bin/archive /archives

FROM runtime
LABEL org.opencontainers.image.title="Ratemesh" \
      org.opencontainers.image.description="A real-time currency converter that runs as a cluster of small JVMs" \
      org.opencontainers.image.licenses="Apache-2.0"

# A number for the user, so that Kubernetes can see that it is not root. The folder is made here with its owner, which a
# new volume takes over.
RUN groupadd --system --gid 10001 ratemesh \
 && useradd --system --uid 10001 --gid ratemesh --home-dir /var/lib/ratemesh --no-create-home --shell /usr/sbin/nologin ratemesh \
 && install -d -o ratemesh -g ratemesh -m 0700 /var/lib/ratemesh

COPY --from=archives /archives/ /opt/ratemesh/
COPY --chmod=0755 deploy/docker/entrypoint deploy/docker/healthy /opt/ratemesh/

# Every node listens on the container's own address, and on a port that the health check can know.
ENV RATEMESH_HOME=/var/lib/ratemesh \
    RATEMESH_CLUSTER_NAME=ratemesh \
    RATEMESH_CLUSTER_BIND=auto \
    RATEMESH_RATES_PORT=8080 \
    RATEMESH_CONVERTER_PORT=8080 \
    RATEMESH_BALANCER_HTTP_PORT=8080 \
    RATEMESH_BALANCER_STATS_BIND=0.0.0.0 \
    RATEMESH_BALANCER_STATS_PORT=8404 \
    RATEMESH_JAVA_OPTS="" \
    MALLOC_ARENA_MAX=2

USER 10001:10001
WORKDIR /var/lib/ratemesh
EXPOSE 8080 8404 5701
HEALTHCHECK --interval=2s --timeout=3s --start-period=30s --retries=3 CMD ["/opt/ratemesh/healthy"]
ENTRYPOINT ["/opt/ratemesh/entrypoint"]
CMD ["converter"]
