/** The front door: what runs, and how its parts are wired. */
@NullMarked
package io.ratemesh.balancer;

import org.jspecify.annotations.NullMarked;
