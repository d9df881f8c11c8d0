/** What a node is told at its start: four sources merged in one order, read strictly into typed values. */
@NullMarked
package io.ratemesh.node.settings;

import org.jspecify.annotations.NullMarked;
