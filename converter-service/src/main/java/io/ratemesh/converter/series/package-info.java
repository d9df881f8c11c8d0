/** Series of a pair's rates: grouped, and written as JSON, CSV or NDJSON. Pure: no network, no clock. */
@NullMarked
package io.ratemesh.converter.series;

import org.jspecify.annotations.NullMarked;
