/** Certificates from PEM files. */
@NullMarked
package io.ratemesh.node.tls;

import org.jspecify.annotations.NullMarked;
