/** What the front door refuses: requests are judged as they come over the wire, before anything else reads them. */
@NullMarked
package io.ratemesh.balancer.guard;

import org.jspecify.annotations.NullMarked;
