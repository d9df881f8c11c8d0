/**
 * Rates of a pair over time: made, grouped, cached, and written as JSON, CSV or NDJSON. It has no network and no
 * clock.
 */
@NullMarked
package io.ratemesh.converter.series;

import org.jspecify.annotations.NullMarked;
