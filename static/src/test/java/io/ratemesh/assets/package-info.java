@NullMarked
package io.ratemesh.assets;

import org.jspecify.annotations.NullMarked;
