/** The side of the front door that clients come to: ports, certificates, HTTP/2, and how much one client may take. */
@NullMarked
package io.ratemesh.balancer.listen;

import org.jspecify.annotations.NullMarked;
