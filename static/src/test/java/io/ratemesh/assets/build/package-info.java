@NullMarked
package io.ratemesh.assets.build;

import org.jspecify.annotations.NullMarked;
