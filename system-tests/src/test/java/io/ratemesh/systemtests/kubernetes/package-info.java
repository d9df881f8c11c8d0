/** The manifests of deploy/kubernetes. */
@NullMarked
package io.ratemesh.systemtests.kubernetes;

import org.jspecify.annotations.NullMarked;
