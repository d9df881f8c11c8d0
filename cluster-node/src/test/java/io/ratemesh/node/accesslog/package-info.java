@NullMarked
package io.ratemesh.node.accesslog;

import org.jspecify.annotations.NullMarked;
