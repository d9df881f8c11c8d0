/**
 * The days and minutes with rates that this node knows, from the jar and from the cluster. Series are made of them in
 * {@link io.ratemesh.converter.series}.
 */
@NullMarked
package io.ratemesh.converter.history;

import org.jspecify.annotations.NullMarked;
