package io.ratemesh.benchmarks.assets;

import io.ratemesh.benchmarks.load.LoadPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is asked of both.
 *
 * @param what for the table
 * @param aim of the load
 */
record AssetCase(String what, LoadPlan aim) {

    private static final String GZIP = "Accept-Encoding: gzip";

    /** The page, a small asset and the largest, each as it is and, where it is packed so, with gzip. */
    static List<AssetCase> of(PackedAssets assets, int connections) {
        List<AssetCase> cases = new ArrayList<>();
        assets.page().ifPresent(page -> add(cases, "page", "/", page, connections));
        assets.smallest()
                .ifPresent(asset -> add(cases, "small asset", asset.index().path(), asset, connections));
        assets.largest()
                .ifPresent(asset -> add(cases, "largest asset", asset.index().path(), asset, connections));
        return cases;
    }

    private static void add(List<AssetCase> cases, String what, String path, PackedAsset asset, int connections) {
        cases.add(new AssetCase(what + ", " + asset.bytes() + " B", new LoadPlan(path, connections)));
        asset.gzipBytes()
                .ifPresent(bytes -> cases.add(new AssetCase(
                        what + ", gzip, " + bytes + " B", new LoadPlan(path, List.of(GZIP), connections))));
    }
}
