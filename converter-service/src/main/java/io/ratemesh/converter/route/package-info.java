/**
 * How a request finds its handler: routes by path and method, and the checks of Host, Accept and parameters that all of
 * them share. What each endpoint responds with is in {@link io.ratemesh.converter.api}, not here.
 */
@NullMarked
package io.ratemesh.converter.route;

import org.jspecify.annotations.NullMarked;
