package io.ratemesh.balancer.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Requests per second over time, from a data file. */
final class LoadCurve {

    private final NavigableMap<Integer, Double> points = new TreeMap<>();

    LoadCurve(String name) {
        try (InputStream file = LoadCurve.class.getResourceAsStream(name + ".txt")) {
            new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(point -> points.put(Integer.valueOf(point[0]), Double.valueOf(point[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int seconds() {
        return points.lastKey();
    }

    double at(int second) {
        Map.Entry<Integer, Double> before = Objects.requireNonNull(points.floorEntry(second));
        Map.Entry<Integer, Double> after = Objects.requireNonNull(points.ceilingEntry(second));
        if (before.getKey().equals(after.getKey())) {
            return before.getValue();
        }
        double part = (second - before.getKey()) / (double) (after.getKey() - before.getKey());
        return before.getValue() + part * (after.getValue() - before.getValue());
    }
}
