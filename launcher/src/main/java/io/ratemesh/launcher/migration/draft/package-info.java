/** Settings in the making: the tree that becomes YAML, and what became of each line of the imported configuration. */
@NullMarked
package io.ratemesh.launcher.migration.draft;

import org.jspecify.annotations.NullMarked;
